import {
  type Connection,
  type EntityLoaders,
  type PageArguments,
  type Rights,
  TrellisError,
} from '@trellis/sdk'
import { type FieldNode, GraphQLError, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql'
import type { Kysely } from 'kysely'
import type { Cursors } from '../cursor.ts'
import type { Entities, EntityDefinition } from '../definition.ts'
import { redirectsOf } from '../merge/redirects.ts'
import type { Row } from '../page.ts'
import { run, type Sql, sql } from '../sql/statement.ts'
import { writeAnswer } from './answer.ts'
import type { AnswerPlan } from './answer-plan.ts'
import { type ListPlan, type Plan, planList, planRecord, type RecordPlan } from './plan.ts'
import type { Variables } from './read-arguments.ts'
import { createRowReader } from './rows.ts'
import { bounded, createTree, isCounted, itemColumn, NotAnswerable, type Tree } from './tree.ts'

export type { AnswerPlan } from './answer-plan.ts'
export { planAnswer } from './answer-plan.ts'

type Info = Pick<
  GraphQLResolveInfo,
  'fieldName' | 'fieldNodes' | 'fragments' | 'parentType' | 'path' | 'schema' | 'variableValues'
>

/** Reads of whole trees of records, for one viewer and one connection: one statement, whatever is below. */
export interface LookAhead {
  /** A list of all records with what the operation asks of them. */
  list(entity: EntityDefinition, args: PageArguments, info: Info): Promise<Connection<Row>> | Connection<Row>
  /** A record with what the operation asks of it. */
  record(entity: EntityDefinition, id: string, info: Info): Promise<Row | null>
  /** The data of an operation as JSON; `null` where the values of this request need resolvers. */
  answer(plan: AnswerPlan, variables: Variables): Promise<string | null>
}

export interface LookAheadOptions {
  readonly entities: Entities
  readonly rights: Rights
  readonly cursors: Cursors
  readonly database: Kysely<unknown>
  readonly loadersOf: (entity: EntityDefinition) => EntityLoaders<Row>
  /** False where resolvers are to read by loaders alone. */
  readonly isOn: boolean
}

export function createLookAhead(options: LookAheadOptions): LookAhead {
  const { database, loadersOf, isOn, ...forWhom } = options

  const treeOf = (variables: Variables): Tree => createTree({ ...forWhom, variables, shape: 'rows' })
  const readerOf = (tree: Tree) =>
    createRowReader({
      cursors: forWhom.cursors,
      readingOf: tree.readingOf,
      loadersOf: ({ target }) => loadersOf(target),
    })

  return {
    list(entity, args, info) {
      const unplanned = (): Connection<Row> => loadersOf(entity).list(args)
      const plan = isOn ? listPlanOf(entity, info)?.root : null
      // A count alone is the loader's to make, and so is what is grouped.
      if (!plan?.record) return unplanned()
      const { record } = plan
      const tree = treeOf(info.variableValues)
      const statement = write(() => {
        const count = isCounted(plan) ? sql`(${tree.count(plan)})` : sql`null::int`
        return bounded(sql`select ${tree.records(plan, record)} as records, ${count} as count`)
      })
      if (!statement) return unplanned()
      return run<Row>(database, statement).then(([row]) =>
        readerOf(tree).connectionOf(plan, row?.['records'], row?.['count'], null),
      )
    },

    async record(entity, id, info) {
      const plan = isOn ? recordPlanOf(entity, info) : null
      if (!plan?.isNested) return loadersOf(entity).byId.load(id)
      const tree = treeOf(info.variableValues)
      const read = (statement: Sql) => run<Row>(database, statement)
      const statement = write(() => bounded(tree.record(plan.root, id)))
      if (!statement) return loadersOf(entity).byId.load(id)
      const find = async (of: Sql): Promise<Row | null> =>
        readerOf(tree).recordOf(plan.root, (await read(of))[0]?.[itemColumn])
      const found = await find(statement)
      const led = found ? undefined : (await redirectsOf(read, entity, [id])).get(id)
      return led === undefined ? found : find(tree.record(plan.root, led))
    },

    async answer(plan, variables) {
      const answer = isOn ? write(() => writeAnswer(plan, { ...forWhom, variables })) : null
      return answer ? answer(statement => run<Row>(database, statement)) : null
    },
  }
}

/** What `write` writes, or `null` where an argument is refused: resolvers say which field it is of, each in its place. */
function write<Statement>(make: () => Statement): Statement | null {
  try {
    return make()
  } catch (error) {
    const isRefusal =
      error instanceof NotAnswerable || error instanceof TrellisError || error instanceof GraphQLError
    if (isRefusal) return null
    throw error
  }
}

interface Planned<Root extends RecordPlan | ListPlan> {
  readonly nodes: readonly FieldNode[]
  readonly plan: Plan<Root> | null
}

/** Plans by the field that they are of, and its schema: they go when the document or the schema goes. */
function planCache<Root extends RecordPlan | ListPlan>(
  make: (entity: EntityDefinition, info: Info) => Plan<Root> | null,
) {
  const schemas = new WeakMap<GraphQLSchema, WeakMap<FieldNode, Planned<Root>>>()
  return (entity: EntityDefinition, info: Info): Plan<Root> | null => {
    const { fieldNodes: nodes, schema } = info
    const [first] = nodes
    if (!first) return null
    const plans = schemas.get(schema) ?? new WeakMap<FieldNode, Planned<Root>>()
    schemas.set(schema, plans)
    const known = plans.get(first)
    // Another operation of the document may select the same field together with more.
    if (known?.nodes.length === nodes.length && known.nodes.every((node, index) => node === nodes[index]))
      return known.plan
    const plan = make(entity, info)
    plans.set(first, { nodes, plan })
    return plan
  }
}

const listPlanOf = planCache<ListPlan>((entity, info) => {
  const definition = info.parentType.getFields()[info.fieldName]
  if (!definition) return null
  return planList(info, entity, {
    key: String(info.path.key),
    nodes: info.fieldNodes,
    isConditional: false,
    definition,
  })
})

const recordPlanOf = planCache<RecordPlan>((entity, info) => planRecord(info, entity, info.fieldNodes))

declare module '@trellis/sdk' {
  interface Loaders {
    readonly lookAhead: LookAhead
  }
}
