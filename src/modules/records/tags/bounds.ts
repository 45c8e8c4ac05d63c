import { TrellisError } from '@trellis/sdk'

/** Which records, and which tags: every record with every tag. */
export interface Marking {
  readonly targetIds: readonly string[]
  readonly tagIds?: readonly string[] | null | undefined
  readonly names?: readonly string[] | null | undefined
}

/** Pairs of a record and a tag, and names among them, at most. */
const most = { pairs: 1000, names: 100 } as const

/** @throws TrellisError `BAD_INPUT` when there are no pairs, or too many */
export function assertBounds({ targetIds, tagIds, names }: Marking): void {
  const named = names?.length ?? 0
  const tags = (tagIds?.length ?? 0) + named
  if (named > most.names)
    throw new TrellisError('BAD_INPUT', `names has ${named} entries; ${most.names} are allowed.`)
  const pairs = targetIds.length * tags
  if (pairs < 1 || pairs > most.pairs)
    throw new TrellisError(
      'BAD_INPUT',
      `${targetIds.length} records and ${tags} tags are ${pairs} pairs; 1 to ${most.pairs} are allowed.`,
    )
}
