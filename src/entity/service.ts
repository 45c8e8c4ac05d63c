import {
  type EntityInput,
  type EntityService,
  type UpdateInput,
  UserErrors,
  type WriteAction,
} from '@trellis/sdk'
import { newId } from '../lib/type-id.ts'
import { refuseMissing } from './merge/hold.ts'
import type { Row } from './page.ts'
import { bulkUpsert } from './write/bulk-upsert/index.ts'
import { createDraft } from './write/draft.ts'
import { storedValues, withOwner } from './write/input.ts'
import { lockRecords } from './write/lock.ts'
import { assertWritable } from './write/rights.ts'
import { write } from './write/write.ts'
import type { Writing } from './write/writing.ts'

const refuse = (field: string, code: string, message: string): UserErrors =>
  new UserErrors([{ code, message, path: ['input', field] }])

/** The record that a write is about, held until the transaction ends. */
async function held(
  writing: Writing,
  action: WriteAction,
  { id, expectedVersion }: UpdateInput,
): Promise<Row> {
  const { name } = writing.entity
  const before = (await lockRecords(writing, [id])).get(id)
  if (!before) throw new UserErrors([await refuseMissing(writing, id, { path: ['input'], field: 'id' })])
  await assertWritable(writing, action, before)
  if (expectedVersion != null && expectedVersion !== before['version'])
    throw refuse(
      'expectedVersion',
      'STALE_VERSION',
      `${name} ${id} is at version ${String(before['version'])}; expectedVersion was ${expectedVersion}. Read it again.`,
    )
  const isDeleted = before['deletedAt'] !== null
  if (isDeleted && action !== 'restore')
    throw refuse('id', 'DELETED', `${name} ${id} is deleted; restore it first.`)
  if (!isDeleted && action === 'restore') throw refuse('id', 'NOT_DELETED', `${name} ${id} is not deleted.`)
  return before
}

/** The writes that every entity has, in one mutation's transaction and for its viewer. */
export function createEntityService(writing: Writing): EntityService<Row> {
  const { entity, context } = writing

  /** As it is stored now; whoever gave a record away is still told what it became. */
  const written = async (id: string, otherwise: Row): Promise<Row> =>
    (await lockRecords(writing, [id])).get(id) ?? otherwise

  const change = async (action: WriteAction, input: UpdateInput, values: Row): Promise<Row> => {
    const before = await held(writing, action, input)
    const draft = createDraft({
      action,
      id: input.id,
      before,
      input,
      path: ['input'],
      values: { ...values, source: null },
    })
    await write(writing, [draft])
    return written(input.id, { ...before, ...draft.values, version: Number(before['version']) + 1 })
  }

  return {
    async create(input: EntityInput) {
      const id = newId(entity.idPrefix)
      const values = withOwner(entity, storedValues(entity, input), context.viewer)
      await assertWritable(writing, 'create', values)
      const draft = createDraft({ action: 'create', id, before: null, input, path: ['input'], values })
      await write(writing, [draft])
      return written(id, { ...draft.values, id })
    },
    update: input => change('update', input, storedValues(entity, input)),
    delete: input => change('delete', input, { deletedAt: context.now() }),
    restore: input => change('restore', input, { deletedAt: null }),
    bulkUpsert: input => bulkUpsert(writing, input),
    set: (input, values) => change('update', input, values),
  }
}
