import { type BulkUpsertInput, type BulkUpsertResult, UserErrors } from '@trellis/sdk'
import { assertWritable } from '../rights.ts'
import { write } from '../write.ts'
import type { Writing } from '../writing.ts'
import { assertBounds, checkIds } from './bounds.ts'
import { type Fate, fateOf } from './fate.ts'
import { recall, remember } from './known.ts'

type Result = Omit<BulkUpsertResult['results'][number], 'externalId'>

const resultOf = (fate: Fate | undefined): Result => {
  switch (fate?.kind) {
    case 'write':
      return { id: fate.draft.id, status: fate.draft.action === 'create' ? 'CREATED' : 'UPDATED' }
    case 'unchanged':
      return { id: fate.id, status: 'UNCHANGED' }
    case 'refused':
    case undefined:
      return { id: null, status: 'REFUSED' }
  }
}

/** The record that the item, as it is now, stands for; none when it was refused, or is what it was. */
function idToRemember(fate: Fate | undefined): string | null {
  if (fate?.kind === 'write') return fate.draft.id
  return fate?.kind === 'unchanged' && !fate.isRepetition ? fate.id : null
}

/** Also of who finds nothing to change: what was sent is remembered, and that is a write. */
async function assertRight(writing: Writing, fate: Fate): Promise<void> {
  if (fate.kind === 'write')
    await assertWritable(writing, fate.draft.action, fate.draft.before ?? fate.draft.values)
  if (fate.kind === 'unchanged' && !fate.isRepetition) await assertWritable(writing, 'update', fate.before)
}

/**
 * Creates or changes records by their ids in another system. An item that says nothing new writes nothing,
 * so that a load may be run again, or taken up where it broke off.
 *
 * @throws UserErrors when an item is refused and `errorPolicy` is `ABORT`
 * @throws TrellisError `BAD_INPUT` for more items than are allowed; `FORBIDDEN`
 */
export async function bulkUpsert(writing: Writing, input: BulkUpsertInput): Promise<BulkUpsertResult> {
  const { system, items } = input
  const errorPolicy = input.errorPolicy ?? 'ABORT'
  assertBounds(input)
  const wrong = checkIds(items)
  if (wrong.size > 0 && errorPolicy === 'ABORT') throw new UserErrors([...wrong.values()])

  const memory = await recall(writing, input)
  const fates = items.map((item, index): Fate => {
    const problem = wrong.get(index)
    if (problem) return { kind: 'refused', userErrors: [problem] }
    return fateOf(item, index, { writing, system, memory })
  })
  const early = fates.flatMap(fate => (fate.kind === 'refused' ? fate.userErrors : []))
  if (early.length > 0 && errorPolicy === 'ABORT') throw new UserErrors(early)

  const drafts = fates.flatMap(fate => (fate.kind === 'write' ? [fate.draft] : []))
  // All at once, so that the wholes of parts are read by one statement.
  await Promise.all(fates.map(fate => assertRight(writing, fate)))
  const written =
    drafts.length > 0 ? await write(writing, drafts, errorPolicy) : { drafts: [], userErrors: [] }

  const passed = new Set(written.drafts)
  const outcomes = fates.map(
    (fate): Fate =>
      fate.kind === 'write' && !passed.has(fate.draft) ? { kind: 'refused', userErrors: [] } : fate,
  )
  await remember(
    writing,
    system,
    items.flatMap((item, index) => {
      const id = idToRemember(outcomes[index])
      return id === null ? [] : [{ item, id }]
    }),
  )
  return {
    userErrors: [...early, ...written.userErrors],
    results: items.map(({ externalId }, index) => ({ externalId, ...resultOf(outcomes[index]) })),
  }
}
