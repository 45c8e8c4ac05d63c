import type { AggregateRow, Measure } from '@trellis/sdk'
import { textOf } from './text-of.ts'

/** A measure of a group as text; `null` where no record had a value, or there is no such group. */
export const measured = (group: AggregateRow | undefined, measure: Measure, field: string): string | null =>
  textOf(group?.measures[measure][field])

/** Amounts are exact: what the database added up is passed on as it is. */
export const amountOf = (group: AggregateRow | undefined, field: string): string =>
  measured(group, 'sum', field) ?? '0'

/** A quotient to 4 places; `null` where there is nothing to divide by. */
export const quotient = (part: number, whole: number): string | null =>
  whole === 0 ? null : (part / whole).toFixed(4)

/** The counts of groups added up. */
export const countOf = (groups: Iterable<AggregateRow | undefined>): number => {
  let sum = 0
  for (const group of groups) sum += group?.count ?? 0
  return sum
}

/** Whole numbers, such as seconds, added up over groups. */
export const totalOf = (
  groups: Iterable<AggregateRow>,
  measure: 'sum' | 'countValues',
  field: string,
): number => {
  let sum = 0
  for (const group of groups) sum += Number(measured(group, measure, field) ?? 0)
  return sum
}
