import type { Connection, EntityLoaders, Page } from '@trellis/sdk'
import type { Cursors } from '../cursor.ts'
import type { Column } from '../definition.ts'
import { pageOf, type Row } from '../page.ts'
import { createLevel, enterLevel } from './level.ts'
import type { ListPlan, PlannedField, RecordPlan } from './plan.ts'
import { countKey, type ListReading, recordsKey } from './tree.ts'

type Written = Record<string, unknown>

/** A connection of which what was asked for has been read; for the rest it asks the loader. */
export interface ReadConnection extends Connection<Row> {
  readonly read: { readonly page: Page<Row> | null; readonly totalCount: number | null }
}

export const isRead = (connection: Connection<Row>): connection is ReadConnection => 'read' in connection

export interface RowsOptions {
  readonly cursors: Cursors
  readonly readingOf: (list: ListPlan) => ListReading
  /** The loaders of an entity, for what was not asked for ahead. */
  readonly loadersOf: (list: ListPlan) => EntityLoaders<Row>
}

/** Makes rows of a tree's JSON: as the driver and the loaders make them, with what was read with them. */
export function createRowReader({ cursors, readingOf, loadersOf }: RowsOptions) {
  /** Fields that differ between JSON and a row; most records have few. */
  const steps = new Map<RecordPlan, readonly ((row: Written) => void)[]>()

  /** @param ordered columns that are there beside the planned ones, for cursors */
  const stepsOf = (plan: RecordPlan, ordered: readonly Column[]): readonly ((row: Written) => void)[] => {
    const known = steps.get(plan)
    if (known) return known
    const planned = [...plan.entity.columns.values()].filter(({ name }) => plan.columns?.has(name) ?? true)
    const level = createLevel()
    const made = [
      ...(plan.isShared ? [(row: Written) => enterLevel(level, row, row['id'])] : []),
      ...[...new Set([...planned, ...ordered])]
        .filter(({ type }) => type === 'DateTime')
        .map(({ name }) => (row: Written) => {
          const value = row[name]
          if (typeof value === 'string') row[name] = new Date(value)
        }),
      ...plan.fields.flatMap(stepOf),
    ]
    steps.set(plan, made)
    return made
  }

  const stepOf = (field: PlannedField): readonly ((row: Written) => void)[] => {
    if (field.kind === 'reference') {
      const key = recordsKey(field.key)
      return [row => isWritten(row[key]) && read(field.record, row[key], [])]
    }
    if (field.kind !== 'list') return []
    const { list } = field
    const [records, count] = [recordsKey(field.key), countKey(field.key)]
    if (list.parts === null)
      return [row => (row[records] = list.record ? rowsOf(list.record, row[records], []) : [])]
    return [row => (row[records] = connectionOf(list, row[records], row[count], row['id']))]
  }

  const read = (plan: RecordPlan, row: Written, ordered: readonly Column[]): Row => {
    for (const step of stepsOf(plan, ordered)) step(row)
    return row
  }

  const rowsOf = (
    plan: RecordPlan,
    records: unknown,
    ordered: readonly Column[],
    size = Number.POSITIVE_INFINITY,
  ): readonly Row[] => {
    const rows = Array.isArray(records) ? records.filter(isWritten) : []
    // One beyond the page only tells that others follow.
    for (const row of rows.slice(0, size)) read(plan, row, ordered)
    return rows
  }

  const connectionOf = (
    list: ListPlan,
    records: unknown,
    count: unknown,
    parentId: unknown,
  ): ReadConnection => {
    const { args, page: plan } = readingOf(list)
    const page =
      list.record &&
      pageOf(
        rowsOf(
          list.record,
          records,
          plan.order.map(({ column }) => column),
          plan.size,
        ),
        plan,
        cursors,
      )
    const totalCount = typeof count === 'number' ? count : null
    const unread = (): Connection<Row> =>
      list.link === null
        ? loadersOf(list).list(args)
        : loadersOf(list).listOf(list.link, String(parentId), args)
    return {
      read: { page, totalCount },
      page: async () => page ?? unread().page(),
      totalCount: async () => totalCount ?? unread().totalCount(),
      aggregate: question => unread().aggregate(question),
    }
  }

  return {
    connectionOf,
    /** `null` for what is no record. */
    recordOf: (plan: RecordPlan, value: unknown): Row | null =>
      isWritten(value) ? read(plan, value, []) : null,
  }
}

const isWritten = (value: unknown): value is Written =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
