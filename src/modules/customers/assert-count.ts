import { TrellisError } from '@trellis/sdk'

/** @throws TrellisError `BAD_INPUT` for more records than a list may have, or none */
export function assertCount(first: number): void {
  if (first < 1 || first > 100) throw new TrellisError('BAD_INPUT', `first is ${first}; it may be 1 to 100.`)
}
