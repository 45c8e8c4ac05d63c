import type { WriteAction } from '@trellis/sdk'
import { columnOf, entityOf, entityOfId } from '../definition.ts'
import type { Row } from '../page.ts'
import { loadersOf } from '../registry.ts'
import type { Writing } from './writing.ts'

const ownerOf = (row: Row): string | null => (typeof row['ownerId'] === 'string' ? row['ownerId'] : null)

/**
 * The right to write a record; a part is written by the right to change its whole.
 *
 * @throws TrellisError `FORBIDDEN`
 */
export async function assertWritable(writing: Writing, action: WriteAction, row: Row): Promise<void> {
  const { entity, entities, context } = writing
  if (!entity.partOf) return context.rights.assert(action, { entity: entity.name, ownerId: ownerOf(row) })
  const wholeId = String(row[entity.partOf])
  const { reference } = columnOf(entity, entity.partOf)
  const whole = reference ? entityOf(entities, reference.target) : entityOfId(entities, wholeId)
  // No record of ours has such an id; refused as a reference, by name, a moment later.
  if (!whole) return
  const found = await loadersOf(context, whole).byId.load(wholeId)
  // A whole that is not there is refused as a reference, by name, a moment later.
  context.rights.assert('update', { entity: whole.name, ownerId: found ? ownerOf(found) : context.viewer.id })
}
