import { type BulkUpsertInput, TrellisError, type UserError } from '@trellis/sdk'

/** Items of one bulk upsert, and characters of a system's name and of an id in it, at most. */
const most = { items: 1000, system: 100, externalId: 200 } as const

export type Item = BulkUpsertInput['items'][number]

/** Where an item stands in the mutation's arguments. */
export const pathOf = (index: number): readonly string[] => ['input', 'items', String(index)]

/** @throws TrellisError `BAD_INPUT` when the whole is out of bounds */
export function assertBounds({ system, items }: BulkUpsertInput): void {
  if (items.length < 1 || items.length > most.items)
    throw new TrellisError('BAD_INPUT', `items has ${items.length} entries; 1 to ${most.items} are allowed.`)
  if (system.trim() === '' || system.length > most.system)
    throw new TrellisError(
      'BAD_INPUT',
      `system is "${system.slice(0, 60)}"; it takes 1 to ${most.system} characters.`,
    )
}

/** What is wrong with the ids, by the index of the item: the second of two alike is. */
export function checkIds(items: readonly Item[]): ReadonlyMap<number, UserError> {
  const seen = new Set<string>()
  const problems = new Map<number, UserError>()
  for (const [index, { externalId }] of items.entries()) {
    const path = [...pathOf(index), 'externalId']
    if (externalId === '' || externalId.length > most.externalId)
      problems.set(index, {
        code: 'TOO_LONG',
        message: `externalId has ${externalId.length} characters; 1 to ${most.externalId} are allowed.`,
        path,
      })
    else if (seen.has(externalId))
      problems.set(index, {
        code: 'DUPLICATE',
        message: `externalId "${externalId}" is in items twice.`,
        path,
      })
    seen.add(externalId)
  }
  return problems
}
