import {
  type AggregateQuestion,
  type AggregateRow,
  type Connection,
  type Context,
  type PageArguments,
  TrellisError,
} from '@trellis/sdk'
import type { GraphQLResolveInfo } from 'graphql'
import { type Entities, type EntityDefinition, entityOf } from '../definition.ts'
import { filterColumns, groupColumns, groupName, numericColumns } from '../expand/columns.ts'
import { byIdsField } from '../expand/reads.ts'
import { enumValueOf } from '../naming.ts'
import type { Row } from '../page.ts'
import { loadersOf } from '../registry.ts'
import { measures } from '../sql/aggregate.ts'
import { selectedMeasures } from './selected-measures.ts'

/** Ids of one lookup, at most. */
const mostIds = 1000

type Fields = Readonly<Record<string, unknown>>

/** The columns that point elsewhere, as fields: one batched read for all records of a level. */
const referenceFields = (entity: EntityDefinition, entities: Entities): Fields =>
  Object.fromEntries(
    [...entity.columns.values()].flatMap(({ name, reference }) => {
      if (!reference) return []
      const target = entityOf(entities, reference.target)
      const resolve = (row: Row, _: unknown, context: Context) => {
        const id = row[name]
        return typeof id === 'string' ? loadersOf(context, target).byId.load(id) : null
      }
      return [[reference.field, resolve]]
    }),
  )

const collectionFields = (entity: EntityDefinition, entities: Entities): Fields =>
  Object.fromEntries(
    [...entity.collections.values()].map(({ field, target, key, listBy }) => {
      const listOf = (row: Row, args: PageArguments, context: Context) =>
        loadersOf(context, entityOf(entities, target)).listOf(key, String(row['id']), args)
      if (listBy === null) return [field, listOf]
      const orderBy = [{ field: enumValueOf(listBy) }]
      const list = async (row: Row, { first }: PageArguments, context: Context) =>
        (await listOf(row, { first: first ?? null, orderBy }, context).page()).nodes
      return [field, list]
    }),
  )

const connectionFields = (entity: EntityDefinition): Fields => ({
  nodes: async (connection: Connection<Row>) => (await connection.page()).nodes,
  edges: async (connection: Connection<Row>) => (await connection.page()).edges,
  pageInfo: async (connection: Connection<Row>) => (await connection.page()).pageInfo,
  totalCount: (connection: Connection<Row>) => connection.totalCount(),
  aggregate: (
    connection: Connection<Row>,
    question: AggregateQuestion,
    _: Context,
    info: GraphQLResolveInfo,
  ) => connection.aggregate({ ...question, measures: selectedMeasures(entity, info) }),
})

const aggregateFields: Fields = Object.fromEntries(
  measures.map(measure => [measure, (row: AggregateRow) => row.measures[measure]]),
)

/** Groups by a reference are answered by the record itself. */
function groupFields(entity: EntityDefinition, entities: Entities): Fields {
  const references = referenceFields(entity, entities)
  const grouped = new Set(groupColumns(entity).map(groupName))
  return Object.fromEntries(Object.entries(references).filter(([name]) => grouped.has(name)))
}

const distinctFields = (entity: EntityDefinition): Fields =>
  Object.fromEntries(
    filterColumns(entity).map(column => [groupName(column), (counts: Row) => counts[column.name] ?? 0]),
  )

/** `customer`, `customersByIds` and `customers`. */
export function queryFields(entity: EntityDefinition): Fields {
  const byIds = byIdsField(entity)
  return {
    [entity.singular]: (_: unknown, { id }: { id: string }, context: Context) =>
      loadersOf(context, entity).byId.load(id),
    [byIds]: (_: unknown, { ids }: { ids: readonly string[] }, context: Context) => {
      if (ids.length > mostIds)
        throw new TrellisError('BAD_INPUT', `ids has ${ids.length} entries; ${mostIds} are allowed.`)
      return loadersOf(context, entity).byId.loadMany(ids)
    },
    [entity.plural]: (_: unknown, args: PageArguments, context: Context) =>
      loadersOf(context, entity).list(args),
  }
}

/** The resolvers of an entity's type and of the types generated for it. */
export function typeResolvers(
  entity: EntityDefinition,
  entities: Entities,
): Readonly<Record<string, Fields>> {
  const { name } = entity
  const { sum, avg, ...others } = aggregateFields
  return {
    [name]: {
      ...referenceFields(entity, entities),
      ...collectionFields(entity, entities),
      externalReferences: (row: Row, _: unknown, { loaders }: Context) =>
        loaders.externalReferences.ofRecord(String(row['id'])),
    },
    [`${name}Connection`]: connectionFields(entity),
    [`${name}Aggregate`]: numericColumns(entity).length > 0 ? { sum, avg, ...others } : others,
    [`${name}Group`]: groupFields(entity, entities),
    [`${name}DistinctCounts`]: distinctFields(entity),
  }
}
