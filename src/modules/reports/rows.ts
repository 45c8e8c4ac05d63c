import type { Context } from '@trellis/sdk'
import type { ReportPeriod } from '../../generated/resolvers.ts'
import type { Dimension } from './dimension.ts'
import { periodLabel } from './period.ts'
import type { Cells } from './read-report.ts'

/** A row's key, as the API answers it. */
export interface ReportKey {
  readonly dimension: string
  readonly value: string | null
  readonly label: string
  readonly record: { readonly id: string } | null
}

export type Figures = Readonly<Record<string, string | number | null>>

/** What a row tells, beside its figures. */
export interface RowHead {
  readonly keys: readonly ReportKey[]
  readonly currency: string
}

export interface RowsOptions<Row extends Figures, Cell extends Cells> {
  readonly context: Context
  /** Names of the dimensions, in the order of `cells.values`, with what they are. */
  readonly by: readonly (readonly [name: string, dimension: Dimension])[]
  readonly period: ReportPeriod | null | undefined
  readonly figures: (cells: Cell) => Row
  /** The figure by which rows stand that are not about periods, the greatest first. */
  readonly greatest: keyof Row & string
}

const none = '(none)'

/** Makes rows of cells: names for what the database knows by id, figures, and an order. */
export async function rowsOf<Row extends Figures, Cell extends Cells>(
  cells: readonly Cell[],
  { context, by, period, figures, greatest }: RowsOptions<Row, Cell>,
): Promise<readonly (RowHead & Row)[]> {
  const keysOf = await Promise.all(
    by.map(async ([name, dimension], index) => {
      const values = cells.map(cell => cell.values[index] ?? null)
      const records = await namedRecords(context, dimension, values)
      return (value: string | null): ReportKey => {
        const record = value === null ? null : (records.get(value) ?? null)
        return { dimension: name, value, label: labelOf(value, record, dimension, period), record }
      }
    }),
  )
  const rows = cells.map(cell => ({
    keys: keysOf.map((keyOf, index) => keyOf(cell.values[index] ?? null)),
    currency: cell.currency ?? '',
    ...figures(cell),
  }))
  const isByPeriod = by[0]?.[1].isPeriod === true
  return rows.toSorted((left, right) =>
    isByPeriod
      ? comparePeriods(left, right) || byFigure(left, right, greatest)
      : byFigure(left, right, greatest) || comparePeriods(left, right),
  )
}

const byFigure = (left: Figures | RowHead, right: Figures | RowHead, figure: string): number =>
  Number(Reflect.get(right, figure) ?? Number.NEGATIVE_INFINITY) -
    Number(Reflect.get(left, figure) ?? Number.NEGATIVE_INFINITY) || 0

/** By the first keys' values, those without one last. */
function comparePeriods(left: RowHead, right: RowHead): number {
  const [one, other] = [left.keys[0]?.value ?? '~', right.keys[0]?.value ?? '~']
  return one < other ? -1 : one > other ? 1 : 0
}

interface Named {
  readonly id: string
  readonly name: string
}

async function namedRecords(
  { loaders }: Context,
  { records }: Dimension,
  values: readonly (string | null)[],
): Promise<ReadonlyMap<string, Named>> {
  const ids = [...new Set(values.filter(value => value !== null))]
  if (!records || ids.length === 0) return new Map()
  const found: readonly (Named | null)[] = await loaders[records].byId.loadMany(ids)
  return new Map(found.flatMap(record => (record ? [[record.id, record] as const] : [])))
}

function labelOf(
  value: string | null,
  record: Named | null,
  { isPeriod }: Dimension,
  period: ReportPeriod | null | undefined,
): string {
  if (value === null) return none
  if (isPeriod) return periodLabel(value, period?.bucket ?? 'MONTH')
  return record?.name ?? value
}
