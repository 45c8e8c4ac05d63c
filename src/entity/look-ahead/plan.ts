import type { Link, PageArguments } from '@trellis/sdk'
import {
  defaultFieldResolver,
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  getNamedType,
  isObjectType,
} from 'graphql'
import type { Column, EntityDefinition } from '../definition.ts'
import { meaningOf } from '../field-meaning.ts'
import { collectFields, type OperationText, type SelectedField } from './collect-fields.ts'
import { argumentsReader, listArguments, type Variables } from './read-arguments.ts'

/** What an operation asks of the records at one place of it. */
export interface RecordPlan {
  readonly entity: EntityDefinition
  /** Columns that those who answer need of a row; `null` for all. */
  readonly columns: ReadonlySet<string> | null
  readonly fields: readonly PlannedField[]
  /** Whether others answer for fields of the records as well. */
  readonly isShared: boolean
}

export type PlannedField =
  | { readonly kind: 'column'; readonly key: string; readonly column: Column }
  | { readonly kind: 'typename'; readonly key: string }
  | { readonly kind: 'reference'; readonly key: string; readonly column: Column; readonly record: RecordPlan }
  | { readonly kind: 'list'; readonly key: string; readonly list: ListPlan }

/** What an operation asks of a list. */
export interface ListPlan {
  readonly target: EntityDefinition
  /** What ties the list to its parent; `null` for a list of all records. */
  readonly link: Link | null
  readonly argumentsOf: (variables: Variables) => PageArguments
  /** The names of what is selected of the connection; `null` for a plain list. */
  readonly parts: readonly ListPart[] | null
  /** The records on the page; `null` where none are asked for. */
  readonly record: RecordPlan | null
}

export interface ListPart {
  readonly key: string
  readonly name: 'nodes' | 'edges' | 'pageInfo' | 'totalCount' | 'aggregate' | '__typename'
  readonly fields: readonly { readonly key: string; readonly name: string }[]
}

export interface Plan<Root extends RecordPlan | ListPlan = RecordPlan | ListPlan> {
  readonly root: Root
  /** Whether the rows of the database are all it takes to answer: nobody's resolver has to be asked. */
  readonly isComplete: boolean
  /** Whether a record leads to other records. */
  readonly isNested: boolean
}

/** PostgreSQL cuts longer names. */
const longestKey = 60

/** Of one plan, at most: beyond, the statement costs more to plan than the loaders' ones together. */
const most = { relations: 25, depth: 8, parts: 20 } as const

/** Thrown and caught here only: the operation is better left to resolvers. */
class NotWorthPlanning extends Error {}

/** @returns `null` where the operation is better left to resolvers */
export function planRecord(
  operation: OperationText,
  target: EntityDefinition,
  nodes: readonly FieldNode[],
): Plan<RecordPlan> | null {
  return planWith(operation, planner => planner.record(target, nodes, 0))
}

/** @returns `null` where the operation is better left to resolvers */
export function planList(
  operation: OperationText,
  target: EntityDefinition,
  field: SelectedField & { readonly definition: GraphQLField<unknown, unknown> },
): Plan<ListPlan> | null {
  return planWith(operation, planner => planner.list({ target, link: null, listBy: null }, field, 0))
}

function planWith<Root extends RecordPlan | ListPlan>(
  operation: OperationText,
  plan: (planner: Planner) => Root,
): Plan<Root> | null {
  const planner = createPlanner(operation)
  try {
    const root = plan(planner)
    return { root, isComplete: planner.isComplete(), isNested: planner.isNested() }
  } catch (error) {
    if (error instanceof NotWorthPlanning) return null
    throw error
  }
}

interface ListTarget {
  readonly target: EntityDefinition
  readonly link: Link | null
  readonly listBy: string | null
}

type Planner = ReturnType<typeof createPlanner>

function createPlanner(operation: OperationText) {
  let relations = 0
  let complete = true

  const selected = (type: GraphQLObjectType, nodes: readonly FieldNode[]): readonly SelectedField[] => {
    const fields = collectFields(operation, type, nodes)
    if (fields === null || fields.some(({ key }) => key.length > longestKey)) throw new NotWorthPlanning()
    if (fields.some(({ isConditional }) => isConditional)) complete = false
    return fields
  }
  const objectType = (name: string): GraphQLObjectType => {
    const type = operation.schema.getType(name)
    if (!isObjectType(type)) throw new NotWorthPlanning()
    return type
  }
  const relate = (depth: number): void => {
    relations += 1
    if (relations > most.relations || depth > most.depth) throw new NotWorthPlanning()
  }

  const record = (entity: EntityDefinition, nodes: readonly FieldNode[], depth: number): RecordPlan => {
    const type = objectType(entity.name)
    const columns = new Set(['id'])
    let all = false
    let isShared = false
    const fields = selected(type, nodes).flatMap((field): readonly PlannedField[] => {
      const { key } = field
      const name = field.nodes[0]?.name.value ?? ''
      if (name === '__typename') return [{ kind: 'typename', key }]
      const definition = type.getFields()[name]
      if (!definition) throw new NotWorthPlanning()
      const meaning = meaningOf(definition)
      const column = entity.columns.get(name)
      if (column && isPlain(definition)) {
        columns.add(name)
        return [{ kind: 'column', key, column }]
      }
      if (meaning?.kind === 'reference') {
        columns.add(meaning.column.name)
        if (field.isConditional) return []
        relate(depth)
        return [
          {
            kind: 'reference',
            key,
            column: meaning.column,
            record: record(meaning.target, field.nodes, depth + 1),
          },
        ]
      }
      if (meaning?.kind === 'collection') {
        if (field.isConditional) return []
        relate(depth)
        const { target, collection } = meaning
        const planned = list(
          { target, link: collection.link, listBy: collection.listBy },
          { ...field, definition },
          depth + 1,
        )
        return [{ kind: 'list', key, list: planned }]
      }
      complete = false
      isShared = true
      if (meaning?.kind === 'requires') for (const required of meaning.columns) columns.add(required)
      else all = true
      return []
    })
    return { entity, columns: all ? null : columns, fields, isShared }
  }

  const list = (
    { target, link, listBy }: ListTarget,
    { nodes, definition }: SelectedField & { readonly definition: GraphQLField<unknown, unknown> },
    depth: number,
  ): ListPlan => {
    const read = argumentsReader(definition, nodes)
    const base = {
      target,
      link,
      argumentsOf: (variables: Variables) => listArguments(read(variables), listBy),
    }
    const type = getNamedType(definition.type)
    if (listBy !== null) return { ...base, parts: null, record: record(target, nodes, depth) }
    if (!isObjectType(type)) throw new NotWorthPlanning()
    const parts: ListPart[] = []
    let page: RecordPlan | null = null
    for (const part of selected(type, nodes)) {
      const name = part.nodes[0]?.name.value ?? ''
      if (!isPart(name)) throw new NotWorthPlanning()
      // A figure is read when it turns out to be asked for; a page is one for all that is asked of it.
      if (part.isConditional && name !== 'totalCount' && name !== 'aggregate') throw new NotWorthPlanning()
      if (part.isConditional) continue
      if (name === 'nodes' || name === 'edges') {
        // Rows are answered from under their places in the response: two pages in one have two answers for one row.
        if (page !== null) throw new NotWorthPlanning()
        page = name === 'nodes' ? record(target, part.nodes, depth) : edges(type, target, part, depth)
      }
      // Cursors are signed here, so that a page below others takes somebody to go through the rows.
      if (name === 'aggregate' || (link !== null && (name === 'edges' || name === 'pageInfo')))
        complete = false
      // Asked for under two names, it would be counted twice for each parent.
      if (name === 'totalCount' && parts.some(other => other.name === name)) throw new NotWorthPlanning()
      parts.push({ key: part.key, name, fields: fieldsOfPart(type, part, name) })
    }
    if (parts.length > most.parts) throw new NotWorthPlanning()
    const isPaged = parts.some(({ name }) => name === 'pageInfo')
    return { ...base, parts, record: page ?? (isPaged ? placesOf(target) : null) }
  }

  const fieldsOfPart = (
    connection: GraphQLObjectType,
    part: SelectedField,
    name: ListPart['name'],
  ): ListPart['fields'] => {
    const type = getNamedType(connection.getFields()[name]?.type)
    if ((name !== 'edges' && name !== 'pageInfo') || !isObjectType(type)) return []
    return selected(type, part.nodes).map(({ key, nodes }) => ({ key, name: nodes[0]?.name.value ?? '' }))
  }

  const edges = (
    connection: GraphQLObjectType,
    target: EntityDefinition,
    part: SelectedField,
    depth: number,
  ): RecordPlan | null => {
    const type = getNamedType(connection.getFields()['edges']?.type)
    if (!isObjectType(type)) throw new NotWorthPlanning()
    const nodes = selected(type, part.nodes).filter(field => field.nodes[0]?.name.value === 'node')
    if (nodes.length > 1) throw new NotWorthPlanning()
    return nodes[0] ? record(target, nodes[0].nodes, depth) : placesOf(target)
  }

  return { record, list, isComplete: () => complete, isNested: () => relations > 0 }
}

/** Records of which nothing is asked but where they stand, for their cursors. */
const placesOf = (entity: EntityDefinition): RecordPlan => ({
  entity,
  columns: new Set(['id']),
  fields: [],
  isShared: false,
})

const isPlain = ({ resolve }: GraphQLField<unknown, unknown>): boolean =>
  resolve === undefined || resolve === defaultFieldResolver

const isPart = (name: string): name is ListPart['name'] =>
  ['nodes', 'edges', 'pageInfo', 'totalCount', 'aggregate', '__typename'].includes(name)
