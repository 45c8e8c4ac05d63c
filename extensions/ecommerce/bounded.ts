import { TrellisError } from '@trellis/sdk'

const most = 100

/** How many are asked for. @throws TrellisError `BAD_INPUT` for none, or more than 100 */
export function bounded(first: number): number {
  if (first >= 1 && first <= most) return first
  throw new TrellisError('BAD_INPUT', `first is ${first}; it may be 1 to ${most}.`)
}
