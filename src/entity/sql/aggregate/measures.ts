import type { Measure, Measures } from '@trellis/sdk'
import { type Column, columnOf, type EntityDefinition } from '../../definition.ts'
import { filterColumns, numericColumns, rangeColumns } from '../../expand/columns.ts'
import { column } from '../names.ts'
import { type Sql, sql } from '../statement.ts'

export const measures: readonly Measure[] = ['sum', 'avg', 'min', 'max', 'countDistinct', 'countValues']

/** A measure of a stored field, such as the sum of `amount`. */
export interface Figure {
  readonly measure: Measure
  readonly column: Column
}

const functions: Readonly<Record<Measure, (field: Sql, part: Sql) => Sql>> = {
  sum: (field, part) => sql`sum(${field})${part}`,
  avg: (field, part) => sql`round(avg(${field})${part}, 4)`,
  min: (field, part) => sql`min(${field})${part}`,
  max: (field, part) => sql`max(${field})${part}`,
  countDistinct: (field, part) => sql`(count(distinct ${field})${part})::int`,
  countValues: (field, part) => sql`(count(${field})${part})::int`,
}

const whole = sql``

/** @param part which records of the group are counted: a `filter` clause, or nothing for all */
export const figureSql = ({ measure, column: { name } }: Figure, part: Sql = whole): Sql =>
  functions[measure](column(name), part)

/** The figures that measures ask for. */
export const figuresAsked = (entity: EntityDefinition, asked: Measures | undefined): readonly Figure[] =>
  measures.flatMap(measure =>
    (asked?.[measure] ?? []).map(name => ({ measure, column: columnOf(entity, name) })),
  )

/** The columns that a measure can be taken of. */
export function measuredColumns(entity: EntityDefinition, measure: Measure): readonly Column[] {
  if (measure === 'countDistinct' || measure === 'countValues') return filterColumns(entity)
  return measure === 'min' || measure === 'max' ? rangeColumns(entity) : numericColumns(entity)
}

/** The name of a measure's column in the answer, such as `sum_amount`. */
export const measureAlias = ({ measure, column: { name } }: Figure): string => `${measure}_${name}`
