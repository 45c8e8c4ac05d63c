import {
  type AggregateQuestion,
  type AggregateRow,
  type Connection,
  type Context,
  type Page,
  type PageArguments,
  TrellisError,
} from '@trellis/sdk'
import type { GraphQLResolveInfo } from 'graphql'
import { columnOf, type Entities, type EntityDefinition, entityOf, entityOfId } from '../definition.ts'
import { filterColumns, groupColumns, groupName, numericColumns } from '../expand/columns.ts'
import { byIdsField } from '../expand/reads.ts'
import { withMeaning } from '../field-meaning.ts'
import { listArguments } from '../look-ahead/read-arguments.ts'
import { isRead } from '../look-ahead/rows.ts'
import { recordsKey } from '../look-ahead/tree.ts'
import type { Row } from '../page.ts'
import { loadersOf } from '../registry.ts'
import { measures } from '../sql/aggregate/measures.ts'
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
      const column = columnOf(entity, name)
      const resolve = (row: Row, _: unknown, context: Context, { path }: GraphQLResolveInfo) => {
        const ahead = row[recordsKey(String(path.key))]
        if (ahead !== undefined) return ahead
        const id = row[name]
        return typeof id === 'string' ? loadersOf(context, target).byId.load(id) : null
      }
      return [[reference.field, withMeaning({ kind: 'reference', column, target }, resolve)]]
    }),
  )

/** References to a record of any entity that is a target: its id tells which. */
const anyReferenceFields = (entity: EntityDefinition, entities: Entities): Fields =>
  Object.fromEntries(
    [...entity.columns.values()].flatMap(({ name, anyReference }) => {
      if (!anyReference) return []
      const resolve = (row: Row, _: unknown, context: Context) => {
        const id = String(row[name])
        const target = entityOfId(entities, id)
        return target ? loadersOf(context, target).byId.load(id) : null
      }
      return [[anyReference.field, withMeaning({ kind: 'requires', columns: [name] }, resolve)]]
    }),
  )

const collectionFields = (entity: EntityDefinition, entities: Entities): Fields =>
  Object.fromEntries(
    [...entity.collections.values()].map(collection => {
      const { field, link, listBy } = collection
      const target = entityOf(entities, collection.target)
      const listOf = (row: Row, args: PageArguments, context: Context) =>
        loadersOf(context, target).listOf(link, String(row['id']), args)
      const connection = (row: Row, args: PageArguments, context: Context, { path }: GraphQLResolveInfo) =>
        row[recordsKey(String(path.key))] ?? listOf(row, args, context)
      const list = async (row: Row, args: PageArguments, context: Context) =>
        (await listOf(row, listArguments(args, listBy), context).page()).nodes
      const plain = (row: Row, args: PageArguments, context: Context, { path }: GraphQLResolveInfo) =>
        row[recordsKey(String(path.key))] ?? list(row, args, context)
      const resolve = listBy === null ? connection : plain
      return [field, withMeaning({ kind: 'collection', collection, target }, resolve)]
    }),
  )

/** What has been read is answered at once: a promise for each of a hundred parents is dear. */
const ofPage =
  <Part>(part: (page: Page<Row>) => Part) =>
  (connection: Connection<Row>): Part | Promise<Part> =>
    isRead(connection) && connection.read.page ? part(connection.read.page) : connection.page().then(part)

const connectionFields = (entity: EntityDefinition): Fields => ({
  nodes: ofPage(page => page.nodes),
  edges: ofPage(page => page.edges),
  pageInfo: ofPage(page => page.pageInfo),
  totalCount: (connection: Connection<Row>) =>
    (isRead(connection) ? connection.read.totalCount : null) ?? connection.totalCount(),
  aggregate: (
    connection: Connection<Row>,
    question: AggregateQuestion,
    _: Context,
    info: GraphQLResolveInfo,
  ) => connection.aggregate({ ...question, measures: selectedMeasures(entity, info) }),
})

const aggregateFields: Fields = Object.fromEntries(
  measures
    .filter(m => m !== 'countValues')
    .map(measure => [measure, (row: AggregateRow) => row.measures[measure]]),
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
    [entity.singular]: withMeaning(
      { kind: 'record', target: entity },
      (_: unknown, { id }: { id: string }, { loaders }: Context, info: GraphQLResolveInfo) =>
        loaders.lookAhead.record(entity, id, info),
    ),
    [byIds]: (_: unknown, { ids }: { ids: readonly string[] }, context: Context) => {
      if (ids.length > mostIds)
        throw new TrellisError('BAD_INPUT', `ids has ${ids.length} entries; ${mostIds} are allowed.`)
      return loadersOf(context, entity).byId.loadMany(ids)
    },
    [entity.plural]: withMeaning(
      { kind: 'records', target: entity },
      (_: unknown, args: PageArguments, { loaders }: Context, info: GraphQLResolveInfo) =>
        loaders.lookAhead.list(entity, args, info),
    ),
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
      ...anyReferenceFields(entity, entities),
      ...collectionFields(entity, entities),
      externalReferences: withMeaning(
        { kind: 'requires', columns: ['id'] },
        (row: Row, _: unknown, { loaders }: Context) =>
          loaders.externalReferences.ofRecord(String(row['id'])),
      ),
    },
    [`${name}Connection`]: connectionFields(entity),
    [`${name}Aggregate`]: numericColumns(entity).length > 0 ? { sum, avg, ...others } : others,
    [`${name}Group`]: groupFields(entity, entities),
    [`${name}Counts`]: distinctFields(entity),
  }
}
