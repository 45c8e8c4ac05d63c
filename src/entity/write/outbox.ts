import type { WriteAction } from '@trellis/sdk'
import { newId } from '../../lib/type-id.ts'
import type { EntityDefinition } from '../definition.ts'
import type { Draft } from './draft.ts'
import type { Writing } from './writing.ts'

const past: Readonly<Record<WriteAction, string>> = {
  create: 'created',
  update: 'updated',
  delete: 'deleted',
  restore: 'restored',
}

/** What is left of this entity in the outbox: `customer.created` and its like. */
export const eventTypesOf = ({
  singular,
  mergeable,
}: Pick<EntityDefinition, 'singular' | 'mergeable'>): readonly string[] =>
  [...Object.values(past), ...(mergeable ? ['merged'] : [])].map(what => `${singular}.${what}`)

/**
 * Leaves word of every write in the same transaction: `customer.updated` with the names of the fields,
 * never their values, since whoever hears of it may not be allowed to read them.
 */
export async function recordEvents(
  { entity, context, models }: Writing,
  drafts: readonly Draft[],
): Promise<void> {
  await models.create(
    'OutboxEvent',
    drafts.map(({ action, id, values }) => ({
      id: newId('evt'),
      type: `${entity.singular}.${past[action]}`,
      entityId: id,
      viewerId: context.viewer.id,
      payload: { fields: Object.keys(values).toSorted() },
    })),
  )
}
