import type { UserError } from '@trellis/sdk'
import { refusal } from '../../lib/refusal.ts'
import { refuseMissing } from '../merge/hold.ts'
import type { Row } from '../page.ts'
import { createDraft } from './draft.ts'
import { type Fate, refused } from './fate.ts'
import type { Intent } from './intent.ts'
import { lockRecords } from './lock.ts'
import { repetitions } from './repetitions.ts'
import { forbiddenOf, type OnForbidden } from './rights.ts'
import type { Writing } from './writing.ts'

/** What the record's own state has against the change. */
function contradictionOf(intent: Intent, name: string, before: Row): UserError | null {
  const { action, id, expectedVersion } = intent
  if (expectedVersion !== null && expectedVersion !== before['version'])
    return refusal(
      intent,
      'expectedVersion',
      'STALE_VERSION',
      `${name} ${id} is at version ${String(before['version'])}; expectedVersion was ${expectedVersion}. Read it again.`,
    )
  const isDeleted = before['deletedAt'] !== null
  if (isDeleted && action !== 'restore')
    return refusal(intent, 'id', 'DELETED', `${name} ${id} is deleted; restore it first.`)
  if (!isDeleted && action === 'restore')
    return refusal(intent, 'id', 'NOT_DELETED', `${name} ${id} is not deleted.`)
  return null
}

/**
 * Holds the records that intents are about until the transaction ends, by one statement, and says which of
 * them may be written: one is refused that there is not, that the viewer may not write, that another intent
 * is about already, or that is not as the caller takes it to be.
 */
export async function judge(
  writing: Writing,
  intents: readonly Intent[],
  onForbidden: OnForbidden,
): Promise<readonly Fate[]> {
  const { name } = writing.entity
  const changed = intents.filter(({ action }) => action !== 'create').map(({ id }) => id)
  // Whoever points to a record meanwhile either comes first, and is seen by what deletes it, or finds it deleted.
  const isDeletion = intents.some(({ action }) => action === 'delete')
  const held = await lockRecords(writing, changed, isDeletion ? 'update' : 'no key update')
  const repeated = repetitions(intents.map(({ id }) => id))

  const fates = intents.map(async (intent, index): Promise<Fate> => {
    const { action, id, input, path, values } = intent
    const isNew = action === 'create'
    const before = isNew ? null : (held.get(id) ?? null)
    if (!isNew && !before) return refused(await refuseMissing(writing, id, { path, field: 'id' }))
    const subject = { action, row: before ?? values, path: isNew ? path : [...path, 'id'] }
    const forbidden = await forbiddenOf(writing, subject, onForbidden)
    if (forbidden) return refused(forbidden)
    if (repeated.has(index))
      return refused(refusal(intent, 'id', 'DUPLICATE', `id "${id}" is in items twice.`))
    const contradiction = before && contradictionOf(intent, name, before)
    if (contradiction) return refused(contradiction)
    return {
      kind: 'write',
      draft: createDraft({ entity: writing.entity, action, id, before, input, path, values }),
    }
  })
  return Promise.all(fates)
}
