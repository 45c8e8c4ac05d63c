import type { Figures, Measure } from '@trellis/sdk'
import { textOf } from './text-of.ts'

/** A measure as text; `null` where no record had a value, or there is no such part. */
export const measured = (figures: Figures | undefined, measure: Measure, field: string): string | null =>
  textOf(figures?.measures[measure][field])

/** Amounts are exact: what the database added up is passed on as it is. */
export const amountOf = (figures: Figures | undefined, field: string): string =>
  measured(figures, 'sum', field) ?? '0'

/** A measure of whole numbers, such as seconds. */
export const numberOf = (figures: Figures | undefined, measure: Measure, field: string): number =>
  Number(measured(figures, measure, field) ?? 0)
