import { newId } from '../../lib/type-id.ts'
import type { Row } from '../page.ts'
import type { Writing } from '../write/writing.ts'

/**
 * Lets everybody know: modules and extensions, which move what they keep under the other ids, then the outbox and the
 * record's timeline, with the ids of those that became part of it.
 */
export async function announce(
  { entity, context, models, hooks }: Writing,
  record: Row,
  merged: readonly Row[],
): Promise<void> {
  for (const hook of hooks.merges) await hook([{ record, merged }], context)
  const type = `${entity.singular}.merged`
  const targetId = String(record['id'])
  const data = { mergedIds: merged.map(({ id }) => String(id)) }
  await models.create('OutboxEvent', [
    { id: newId('evt'), type, entityId: targetId, viewerId: context.viewer.id, payload: data },
  ])
  if (entity.isTarget) await context.services.timeline.record([{ targetId, type, data }])
}
