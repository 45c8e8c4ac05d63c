import type { Link, PageArguments, ReadRight, Rights, RowScope } from '@trellis/sdk'
import type { Cursors } from '../cursor.ts'
import { type Column, columnOf, type Entities, type EntityDefinition } from '../definition.ts'
import { linkCondition } from '../sql/link.ts'
import type { Reading } from '../sql/list.ts'
import { all, column, isReadable, table } from '../sql/names.ts'
import { countSelect, type PagePlan, pageSelect, planPage } from '../sql/page.ts'
import { rightConditions } from '../sql/rights.ts'
import { identifier, join, type Sql, sql } from '../sql/statement.ts'
import { answerWriter, type Entry, rowsWriter } from './json-writer.ts'
import type { ListPart, ListPlan, PlannedField, RecordPlan } from './plan.ts'
import type { Variables } from './read-arguments.ts'

/** For whom a tree of records is read, and how. */
export interface TreeReading {
  readonly entities: Entities
  readonly rights: Rights
  readonly cursors: Cursors
  readonly variables: Variables
  /**
   * `answer`: as the response has it, under its names. `rows`: columns under theirs for those who answer,
   * and under the names of `recordsKey` and `countKey` what is below.
   */
  readonly shape: 'answer' | 'rows'
}

/**
 * Of one statement, at most: values and characters, which a filter repeated at many lists multiplies, and
 * records that its pages could hold. Beyond, each level is read by itself, and what is the same only once.
 */
const most = { values: 2000, characters: 100_000, records: 50_000 } as const

/** Thrown when a request's values make its tree one that only resolvers can answer. */
export class NotAnswerable extends Error {}

/** Where a row has the records that were read with it. No column is called so. */
export const recordsKey = (key: string): string => `#${key}`
export const countKey = (key: string): string => `#${key}#`

/** A page's place in the tree, worked out once however many parents there are. */
export interface ListReading {
  readonly args: PageArguments
  readonly page: PagePlan
}

export interface Tree {
  /** The records of a list, as one JSON array; the list's page is in the order that it is read in. */
  readonly records: (list: ListPlan, record: RecordPlan) => Sql
  /** How many records a list has. */
  readonly count: (list: ListPlan) => Sql
  /** The records of a list, one a row: its JSON as `itemColumn`, and the columns that the list is ordered by. */
  readonly items: (list: ListPlan, record: RecordPlan) => Sql
  /** The record of an id, as `itemColumn`. */
  readonly record: (plan: RecordPlan, id: unknown) => Sql
  readonly readingOf: (list: ListPlan) => ListReading
}

/** The column of a record's JSON. */
export const itemColumn = '#item'

/** The alias of a record whose columns are at hand; records below it count up. */
const rowAlias = (depth: number): string => `r${depth}`

/** What a record belongs to, further up in the tree. */
interface Parent {
  readonly entity: EntityDefinition
  readonly depth: number
  /** How many there may be of it. */
  readonly records: number
}

/** @throws NotAnswerable for a statement that is larger than it is worth */
export function bounded(statement: Sql): Sql {
  const characters = statement.strings.reduce((sum, text) => sum + text.length, 0)
  if (statement.values.length > most.values || characters > most.characters) throw new NotAnswerable()
  return statement
}

/**
 * Writes a tree of records as one statement: each record's lists and references are subqueries of it, which
 * run on the index of their key. Every record of it is read by the viewer's right to it.
 */
export function createTree(reading: TreeReading): Tree {
  const { entities, rights, cursors, variables, shape } = reading
  const write = shape === 'answer' ? answerWriter : rowsWriter
  const lists = new Map<ListPlan, ListReading>()

  const rightTo = (entity: EntityDefinition): ReadRight => {
    const right = rights.read(entity.name)
    if (shape === 'answer' && right.fields !== 'all') throw new NotAnswerable()
    return right
  }
  const readingOf = (list: ListPlan, parent?: Parent): Reading => {
    const right = rightTo(list.target)
    const { rows } = right
    // Whoever reads a whole reads its parts: it has just been read by the right that they are read by.
    const isGiven = parent !== undefined && isWhole(rows, list.link, parent.entity)
    return {
      entity: list.target,
      right: isGiven ? { ...right, rows: { kind: 'all' } } : right,
      scope: { entities, rights },
    }
  }
  const listReading = (list: ListPlan): ListReading => {
    const known = lists.get(list)
    if (known) return known
    const args = list.argumentsOf(variables)
    const page = planPage(readingOf(list), args, cursors)
    const made = { args, page }
    lists.set(list, made)
    return made
  }

  const columnsOf = ({ entity, columns }: RecordPlan, right: ReadRight): readonly Column[] =>
    [...(columns ?? entity.columns.keys())]
      .filter(name => isReadable(right, name))
      .map(name => columnOf(entity, name))

  const entriesOf = (plan: RecordPlan, depth: number, records: number): readonly Entry[] => {
    if (records > most.records) throw new NotAnswerable()
    const here: Parent = { entity: plan.entity, depth, records }
    const below = plan.fields.flatMap(field => entriesOfField(field, here))
    if (shape === 'answer') return below
    const stored = columnsOf(plan, rightTo(plan.entity)).map(entry => storedEntry(entry.name, entry, here))
    return [...stored, ...below]
  }

  const storedEntry = (name: string, stored: Column, { depth }: Parent): Entry => ({
    name,
    value: write.stored(stored, identifier(rowAlias(depth), stored.name)),
  })

  const entriesOfField = (field: PlannedField, parent: Parent): readonly Entry[] => {
    const { key } = field
    if (field.kind === 'column') return shape === 'rows' ? [] : [storedEntry(key, field.column, parent)]
    if (field.kind === 'typename')
      return shape === 'rows' ? [] : [{ name: key, value: write.name(parent.entity.name) }]
    const name = shape === 'answer' ? key : recordsKey(key)
    if (field.kind === 'reference') return [{ name, value: referenceOf(field, parent) }]
    const { list } = field
    // Its arguments are looked at even where nothing is read by them: whoever is refused is refused before.
    listReading(list)
    if (shape === 'answer')
      return [{ name, value: list.parts ? connectionOf(list.parts, list, parent) : nested(list, parent) }]
    return [
      ...(list.record ? [{ name, value: nested(list, parent) }] : []),
      ...(isCounted(list) ? [{ name: countKey(key), value: write.count(counted(list, parent)) }] : []),
    ]
  }

  const referenceOf = (
    { column: key, record }: Extract<PlannedField, { kind: 'reference' }>,
    parent: Parent,
  ): Sql => {
    if (!isReadable(rightTo(parent.entity), key.name)) return sql`null::json`
    const right = rightTo(record.entity)
    const conditions = [
      sql`${column('id')} = ${identifier(rowAlias(parent.depth), key.name)}`,
      ...rightConditions(right, entities),
    ]
    const depth = parent.depth + 1
    const found = sql`select ${columnList(columnsOf(record, right))} from ${table(record.entity)} where ${all(conditions)}`
    return write.objectFrom(entriesOf(record, depth, parent.records), found, identifier(rowAlias(depth)))
  }

  const linkTo = (list: ListPlan, parent: Parent | undefined): Sql | undefined =>
    list.link && parent ? linkCondition(list.link, identifier(rowAlias(parent.depth), 'id')) : undefined

  const source = (
    list: ListPlan,
    record: RecordPlan,
    { parent, isOrdered }: { readonly parent?: Parent | undefined; readonly isOrdered: boolean },
  ): Sql => {
    const of = readingOf(list, parent)
    const { args, page } = listReading(list)
    const ordered = isOrdered ? page.order.map(term => term.column) : []
    const columns = columnList([...new Set([...columnsOf(record, of.right), ...ordered])])
    return pageSelect(of, args, page, {
      columns,
      link: linkTo(list, parent),
      beyond: isPaged(list) ? 1 : 0,
    })
  }

  const records = (list: ListPlan, record: RecordPlan, parent?: Parent): Sql => {
    const depth = (parent?.depth ?? -1) + 1
    // A page that is read from its end is turned around by those who answer.
    if (shape === 'answer' && listReading(list).page.backward) throw new NotAnswerable()
    return write.listFrom(
      entriesOf(withOrder(list, record), depth, (parent?.records ?? 1) * listReading(list).page.size),
      source(list, record, { parent, isOrdered: isPaged(list) }),
      identifier(rowAlias(depth)),
    )
  }

  /** Rows of a page need the columns that their cursors are made of. */
  const withOrder = (list: ListPlan, record: RecordPlan): RecordPlan => {
    if (shape === 'answer' || !isPaged(list) || record.columns === null) return record
    const ordered = listReading(list).page.order.map(term => term.column.name)
    return { ...record, columns: new Set([...record.columns, ...ordered]) }
  }

  const nested = (list: ListPlan, parent: Parent): Sql => {
    if (!list.record) throw new Error(`A list of ${list.target.name} is read of which nothing is asked.`)
    return records(list, list.record, parent)
  }

  const counted = (list: ListPlan, parent?: Parent): Sql =>
    countSelect(readingOf(list, parent), listReading(list).args, linkTo(list, parent))

  const connectionOf = (parts: readonly ListPart[], list: ListPlan, parent: Parent): Sql =>
    write.object(
      parts.map(({ key, name }) => {
        if (name === '__typename') return { name: key, value: write.name(`${list.target.name}Connection`) }
        if (name === 'totalCount') return { name: key, value: write.count(counted(list, parent)) }
        return { name: key, value: nested(list, parent) }
      }),
    )

  const items = (list: ListPlan, record: RecordPlan): Sql => {
    const ordered = listReading(list).page.order.map(term => identifier(rowAlias(0), term.column.name))
    const found = source(list, record, { isOrdered: true })
    return sql`select ${write.object(entriesOf(record, 0, listReading(list).page.size))} as ${identifier(itemColumn)}, ${join(ordered)} from (${found}) as ${identifier(rowAlias(0))}`
  }

  return {
    records,
    items,
    count: list => counted(list),
    record: (plan, id) => {
      const right = rightTo(plan.entity)
      const conditions = [sql`${column('id')} = ${id}`, ...rightConditions(right, entities)]
      const found = sql`select ${columnList(columnsOf(plan, right))} from ${table(plan.entity)} where ${all(conditions)}`
      return sql`select ${write.objectFrom(entriesOf(plan, 0, 1), found, identifier(rowAlias(0)))} as ${identifier(itemColumn)}`
    },
    readingOf: listReading,
  }
}

/** Whether the rows in scope are those of a whole, or linked to a record, that the list is tied to. */
function isWhole(rows: RowScope, link: Link | null, entity: EntityDefinition): boolean {
  if (link === null) return false
  const { key, through } = link
  const isOneOf = (wholes: readonly ReadRight[]): boolean =>
    wholes.some(whole => whole.entity === entity.name)
  switch (rows.kind) {
    case 'anyOf':
      return rows.scopes.some(scope => isWhole(scope, link, entity))
    case 'partOf':
      return !through && rows.key === key && isOneOf([rows.whole])
    case 'partOfAny':
      return !through && rows.key === key && isOneOf(rows.wholes)
    case 'linked':
      return (
        rows.entity === through?.entity && rows.key === through.key && rows.to === key && isOneOf(rows.wholes)
      )
    default:
      return false
  }
}

const columnList = (columns: readonly Column[]): Sql => join(columns.map(({ name }) => column(name)))

/** Whether cursors, or whether more records follow, are asked for. */
export const isPaged = ({ parts }: ListPlan): boolean =>
  parts?.some(({ name }) => name === 'edges' || name === 'pageInfo') ?? false

export const isCounted = ({ parts }: ListPlan): boolean =>
  parts?.some(({ name }) => name === 'totalCount') ?? false
