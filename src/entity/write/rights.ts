import { TrellisError, type UserError, type WriteAction } from '@trellis/sdk'
import { columnOf, type EntityDefinition, entityOf } from '../definition.ts'
import type { Row } from '../page.ts'
import { loadersOf } from '../registry.ts'
import type { Writing } from './writing.ts'

/** A record as far as the right to write it goes, and where it stands in the mutation's arguments. */
export interface Subject {
  readonly action: WriteAction
  readonly row: Row
  readonly path: readonly string[]
}

/**
 * What becomes of a record that the viewer may not write: of one alone the mutation fails, of many the record
 * is refused beside the others.
 */
export type OnForbidden = 'throw' | 'refuse'

const ownerOf = (row: Row): string | null => (typeof row['ownerId'] === 'string' ? row['ownerId'] : null)

/** What a part is a part of. */
const wholeOf = ({ entity, entities }: Writing, key: string): EntityDefinition =>
  entityOf(entities, columnOf(entity, key).reference?.target ?? '')

/**
 * The right to write some record of the entity, of which one to write own ones is the least. What clients do
 * not write, modules do for them.
 *
 * @throws TrellisError `FORBIDDEN`
 */
export function assertWritesSome(writing: Writing, action: WriteAction): void {
  const { entity, context } = writing
  if (!entity.writable) return
  const ownerId = context.viewer.id
  if (!entity.partOf) context.rights.assert(action, { entity: entity.name, ownerId })
  else context.rights.assert('update', { entity: wholeOf(writing, entity.partOf).name, ownerId })
}

/** The right to write a record; a part is written by the right to change its whole. */
async function assertWritable(writing: Writing, { action, row }: Subject): Promise<void> {
  const { entity, context } = writing
  if (!entity.writable) return
  if (!entity.partOf) return context.rights.assert(action, { entity: entity.name, ownerId: ownerOf(row) })
  const whole = wholeOf(writing, entity.partOf)
  const wholeId = row[entity.partOf]
  const found = typeof wholeId === 'string' ? await loadersOf(context, whole).byId.load(wholeId) : null
  // A whole that is not there is refused as a reference, by name, a moment later.
  context.rights.assert('update', { entity: whole.name, ownerId: found ? ownerOf(found) : context.viewer.id })
}

/**
 * The refusal of a record that the viewer may not write; `null` for one that they may. Asked for many in one
 * turn, the wholes of parts are read by one statement.
 *
 * @throws TrellisError `FORBIDDEN` instead of answering it, where the mutation fails by it
 */
export async function forbiddenOf(
  writing: Writing,
  subject: Subject,
  onForbidden: OnForbidden,
): Promise<UserError | null> {
  try {
    await assertWritable(writing, subject)
    return null
  } catch (error) {
    const isRefusal = error instanceof TrellisError && error.code === 'FORBIDDEN'
    if (!isRefusal || onForbidden === 'throw') throw error
    return { code: 'FORBIDDEN', message: error.message, path: subject.path }
  }
}
