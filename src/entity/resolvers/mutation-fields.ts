import type { BulkUpsertInput, Context, EntityInput, UpdateInput } from '@trellis/sdk'
import type { EntityDefinition } from '../definition.ts'
import type { Row } from '../page.ts'
import { serviceOf } from '../registry.ts'

interface Input<Value> {
  readonly input: Value
}

/** `customerCreate` and its like. A refusal is thrown as `UserErrors`; the gateway makes the payload of it. */
export function mutationFields(entity: EntityDefinition): Readonly<Record<string, unknown>> {
  if (!entity.writable) return {}
  const { singular } = entity
  const payload = (row: Row) => ({ [singular]: row, userErrors: [] })
  return {
    [`${singular}Create`]: async (_: unknown, { input }: Input<EntityInput>, context: Context) =>
      payload(await serviceOf(context, entity).create(input)),
    [`${singular}Update`]: async (_: unknown, { input }: Input<UpdateInput>, context: Context) =>
      payload(await serviceOf(context, entity).update(input)),
    [`${singular}Delete`]: async (_: unknown, { input }: Input<UpdateInput>, context: Context) =>
      payload(await serviceOf(context, entity).delete(input)),
    [`${singular}Restore`]: async (_: unknown, { input }: Input<UpdateInput>, context: Context) =>
      payload(await serviceOf(context, entity).restore(input)),
    [`${singular}BulkUpsert`]: (_: unknown, { input }: Input<BulkUpsertInput>, context: Context) =>
      serviceOf(context, entity).bulkUpsert(input),
  }
}

/** A bulk that was refused as a whole has no results. */
export const bulkPayloadFields = (
  entity: EntityDefinition,
): Readonly<Record<string, Readonly<Record<string, unknown>>>> =>
  entity.writable
    ? {
        [`${entity.name}BulkUpsertPayload`]: {
          results: ({ results }: { results?: unknown }) => results ?? [],
        },
      }
    : {}
