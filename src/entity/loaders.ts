import type {
  AggregateQuestion,
  Connection,
  EntityLoaders,
  Link,
  ListArguments,
  PageArguments,
  Rights,
} from '@trellis/sdk'
import { createLoader } from '@trellis/sdk'
import type { Kysely } from 'kysely'
import { stableJson } from '../lib/stable-json.ts'
import { aggregateRow } from './aggregate.ts'
import { chunksOf, createBesides } from './besides.ts'
import type { Cursors } from './cursor.ts'
import type { Entities, EntityDefinition } from './definition.ts'
import { findThroughMerges, redirectsOf } from './merge/redirects.ts'
import { pageOf, type Row } from './page.ts'
import { type AggregatePlan, planAggregate } from './sql/aggregate/plan.ts'
import { aggregateStatement } from './sql/aggregate/statement.ts'
import { fittingStatement } from './sql/fitting.ts'
import { type Parents, parentAlias, type Reading } from './sql/list.ts'
import { all, column, readableColumns, table } from './sql/names.ts'
import { countStatement, pageStatement, planPage } from './sql/page.ts'
import { rightConditions } from './sql/rights.ts'
import { run, type Sql, sql } from './sql/statement.ts'

export interface LoaderOptions {
  readonly entities: Entities
  readonly rights: Rights
  readonly cursors: Cursors
  readonly database: Kysely<unknown>
  /** False inside a transaction, where what was read may be written a moment later. */
  readonly cache: boolean
}

/** Whose list it is, and what ties it to them. */
interface Parent {
  readonly link: Link
  readonly id: string
}

/** A row without the column that tells whose it is. */
const withoutParent = (row: Row): Row =>
  Object.fromEntries(Object.entries(row).filter(([name]) => name !== parentAlias))

/** The reads that every entity has, for one viewer and one connection. Each takes the viewer's right first. */
export function createEntityLoaders(entity: EntityDefinition, options: LoaderOptions): EntityLoaders<Row> {
  const { entities, rights, cursors, database, cache } = options
  const right = rights.read(entity.name)
  const reading: Reading = { entity, right, scope: { entities, rights } }
  const read = (statement: Sql): Promise<readonly Row[]> => run(database, statement)

  const findByIds = async (ids: readonly string[]): Promise<ReadonlyMap<string, Row>> => {
    const conditions = [sql`${column('id')} = any(${ids})`, ...rightConditions(right, entities)]
    const rows = await read(
      sql`select ${readableColumns(entity, right)} from ${table(entity)} where ${all(conditions)}`,
    )
    return new Map(rows.map(row => [String(row['id']), row]))
  }
  const byId = createLoader<Row>(
    ids => findThroughMerges(findByIds, missing => redirectsOf(read, entity, missing), ids),
    { cache },
  )

  const besides = createBesides({ read, cache })

  /** Runs one statement for all parents that ask the same in the same turn, and deals the rows out. */
  const perParent = (statement: (parents: Parents) => Sql, link: Link) =>
    createLoader<readonly Row[]>(
      async ids => {
        const rows = await read(statement({ link, ids }))
        return Map.groupBy(rows, row => String(row[parentAlias]))
      },
      { cache },
    )
  const kept = new Map<string, ReturnType<typeof perParent>>()
  /** Parents that ask with the same arguments share a statement. */
  const shared = (name: string, link: Link, question: unknown, statement: (parents: Parents) => Sql) => {
    const identity = stableJson([name, link, question])
    const loader = kept.get(identity) ?? perParent(statement, link)
    kept.set(identity, loader)
    return loader
  }

  const plans = new Map<string, AggregatePlan>()
  /** Parents that ask the same question share its plan. */
  const planned = (question: AggregateQuestion, identity: string): AggregatePlan => {
    const plan = plans.get(identity) ?? planAggregate(reading, question)
    plans.set(identity, plan)
    return plan
  }

  const answer = async (
    args: ListArguments,
    question: AggregateQuestion,
    identity: string,
    parent?: Parent,
  ) => {
    const plan = planned(question, identity)
    const statement = (parents?: Parents) => aggregateStatement(reading, args, plan, parents)
    const rows = parent
      ? await shared('aggregate', parent.link, [args, identity], statement).load(parent.id)
      : await read(statement())
    return (rows ?? []).map(row => aggregateRow(row, plan))
  }

  const connection = (args: PageArguments, parent?: Parent): Connection<Row> => {
    // Planned at once, so that a wrong argument is refused whatever is selected.
    const plan = planPage(reading, args, cursors)
    const rowsOf = async (
      name: string,
      statement: (asked: PageArguments, parents?: Parents) => Sql,
    ): Promise<readonly Row[]> => {
      if (parent)
        return (
          (await shared(name, parent.link, args, parents => statement(args, parents)).load(parent.id)) ?? []
        )
      return args.also ? besides(name, args, statement) : read(statement(args))
    }
    const page = once(async () => {
      const rows = await rowsOf('page', (asked, parents) => pageStatement(reading, asked, plan, parents))
      return pageOf(parent || args.also ? rows.map(withoutParent) : rows, plan, cursors)
    })
    const totalCount = once(async () => {
      const [row] = await rowsOf('count', (asked, parents) => countStatement(reading, asked, parents))
      return Number(row?.['count'] ?? 0)
    })
    const answers = new Map<string, ReturnType<typeof answer>>()
    return {
      page,
      totalCount,
      aggregate: question => {
        const identity = stableJson(question)
        const found = answers.get(identity) ?? answer(args, question, identity, parent)
        answers.set(identity, found)
        return found
      },
    }
  }

  return {
    byId,
    list: args => connection(args),
    listOf: (link, id, args) =>
      connection(args, { link: typeof link === 'string' ? { key: link, through: null } : link, id }),
    aggregate: args => answer(args, args, stableJson(args)),
    async fitting(ids, filters) {
      const statements = chunksOf([...filters]).map(chunk => fittingStatement(reading, ids, chunk))
      const rows = (await Promise.all(statements.map(read))).flat()
      const found = Map.groupBy(rows, row => String(row['id']))
      return new Map(
        [...found].map(([id, parts]) => [
          id,
          parts.flatMap(({ keys }) => (Array.isArray(keys) ? keys.map(String) : [])),
        ]),
      )
    },
  }
}

/** Runs at most once, however often it is called. */
function once<Value>(start: () => Promise<Value>): () => Promise<Value> {
  let value: Promise<Value> | undefined
  return () => (value ??= start())
}
