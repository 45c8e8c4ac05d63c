import { type BulkUpsertInput, TrellisError, type UserError } from '@trellis/sdk'
import { refusal } from '../../../lib/refusal.ts'
import { assertItems } from '../bulk.ts'

/** Characters of a system's name and of an id in it, at most. */
const most = { system: 100, externalId: 200 } as const

export type Item = BulkUpsertInput['items'][number]

/** @throws TrellisError `BAD_INPUT` when the whole is out of bounds */
export function assertBounds(input: BulkUpsertInput): void {
  assertItems(input)
  const { system } = input
  if (system.trim() === '' || system.length > most.system)
    throw new TrellisError(
      'BAD_INPUT',
      `system is "${system.slice(0, 60)}"; it takes 1 to ${most.system} characters.`,
    )
}

export interface IdOptions {
  /** Where the item stands in the mutation's arguments. */
  readonly path: readonly string[]
  /** Whether an item before it has the same id. */
  readonly isRepeated: boolean
}

/** What is wrong with an item's id: the second of two alike is. */
export function problemOfId({ externalId }: Item, { path, isRepeated }: IdOptions): UserError | null {
  const { length } = externalId
  if (length === 0 || length > most.externalId)
    return refusal(
      { path },
      'externalId',
      'TOO_LONG',
      `externalId has ${length} characters; 1 to ${most.externalId} are allowed.`,
    )
  if (!isRepeated) return null
  return refusal({ path }, 'externalId', 'DUPLICATE', `externalId "${externalId}" is in items twice.`)
}
