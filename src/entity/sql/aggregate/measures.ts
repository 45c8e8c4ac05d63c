import type { Measure } from '@trellis/sdk'
import type { Column, EntityDefinition } from '../../definition.ts'
import { filterColumns, numericColumns, rangeColumns } from '../../expand/columns.ts'
import { column } from '../names.ts'
import { type Sql, sql } from '../statement.ts'

export const measures: readonly Measure[] = ['sum', 'avg', 'min', 'max', 'countDistinct', 'countValues']

/** A measure of a stored field, such as the sum of `amount`. */
export interface Figure {
  readonly measure: Measure
  readonly column: Column
}

const functions: Readonly<Record<Measure, (field: Sql) => Sql>> = {
  sum: field => sql`sum(${field})`,
  avg: field => sql`round(avg(${field}), 4)`,
  min: field => sql`min(${field})`,
  max: field => sql`max(${field})`,
  countDistinct: field => sql`count(distinct ${field})::int`,
  countValues: field => sql`count(${field})::int`,
}

export const figureSql = ({ measure, column: { name } }: Figure): Sql => functions[measure](column(name))

/** The columns that a measure can be taken of. */
export function measuredColumns(entity: EntityDefinition, measure: Measure): readonly Column[] {
  if (measure === 'countDistinct' || measure === 'countValues') return filterColumns(entity)
  return measure === 'min' || measure === 'max' ? rangeColumns(entity) : numericColumns(entity)
}

/** The name of a measure's column in the answer, such as `sum_amount`. */
export const measureAlias = ({ measure, column: { name } }: Figure): string => `${measure}_${name}`
