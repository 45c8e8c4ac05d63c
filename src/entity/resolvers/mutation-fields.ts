import type {
  BulkInput,
  BulkOutcome,
  BulkResult,
  BulkUpsertInput,
  Context,
  EntityInput,
  UpdateInput,
} from '@trellis/sdk'
import type { EntityDefinition } from '../definition.ts'
import type { Row } from '../page.ts'
import { loadersOf, serviceOf } from '../registry.ts'

interface Input<Value> {
  readonly input: Value
}

type Fields = Readonly<Record<string, unknown>>

/** `customerCreate` and its like. A refusal is thrown as `UserErrors`; the gateway makes the payload of it. */
export function mutationFields(entity: EntityDefinition): Fields {
  if (!entity.writable) return {}
  const { singular } = entity
  const service = (context: Context) => serviceOf(context, entity)
  const payload = (row: Row) => ({ [singular]: row, userErrors: [] })
  const one =
    (verb: 'update' | 'delete' | 'restore') =>
    async (_: unknown, { input }: Input<UpdateInput>, context: Context) =>
      payload(await service(context)[verb](input))
  const many =
    (verb: 'bulkUpdate' | 'bulkDelete' | 'bulkRestore') =>
    (_: unknown, { input }: Input<BulkInput<UpdateInput>>, context: Context) =>
      service(context)[verb](input)
  return {
    [`${singular}Create`]: async (_: unknown, { input }: Input<EntityInput>, context: Context) =>
      payload(await service(context).create(input)),
    [`${singular}Update`]: one('update'),
    [`${singular}Delete`]: one('delete'),
    [`${singular}Restore`]: one('restore'),
    [`${singular}BulkCreate`]: (_: unknown, { input }: Input<BulkInput>, context: Context) =>
      service(context).bulkCreate(input),
    [`${singular}BulkUpdate`]: many('bulkUpdate'),
    [`${singular}BulkDelete`]: many('bulkDelete'),
    [`${singular}BulkRestore`]: many('bulkRestore'),
    [`${singular}BulkUpsert`]: (_: unknown, { input }: Input<BulkUpsertInput>, context: Context) =>
      service(context).bulkUpsert(input),
  }
}

/** What a bulk answers; nothing but userErrors when it was refused as a whole. */
type BulkPayload = Partial<BulkOutcome>

/** A bulk's records are read after its commit, all by one statement, and only when they are asked for. */
export function bulkPayloadFields(entity: EntityDefinition): Readonly<Record<string, Fields>> {
  if (!entity.writable) return {}
  const recordOf = ({ id }: BulkResult, context: Context) =>
    id === null ? null : loadersOf(context, entity).byId.load(id)
  return {
    [`${entity.name}BulkPayload`]: {
      results: ({ results = [] }: BulkPayload) => results,
      [entity.plural]: ({ results = [] }: BulkPayload, _: unknown, context: Context) =>
        results.map(result => recordOf(result, context)),
    },
  }
}
