import { type AggregateOrder, TrellisError } from '@trellis/sdk'
import { columnBehind, type EntityDefinition } from '../../definition.ts'
import { groupName } from '../../expand/columns.ts'
import { enumValueOf, fieldOfEnumValue } from '../../naming.ts'
import { raw, type Sql, sql } from '../statement.ts'
import type { Group } from './groups.ts'
import { type Figure, figureSql, measuredColumns } from './measures.ts'

/** Terms of one `orderBy`, at most. */
const mostTerms = 5

const measureOf = {
  SUM: 'sum',
  AVG: 'avg',
  MIN: 'min',
  MAX: 'max',
  COUNT_DISTINCT: 'countDistinct',
} as const

export interface AggregateOrderTerm {
  readonly by: 'COUNT' | 'GROUP' | Figure
  readonly descending: boolean
}

/**
 * Reads `orderBy`.
 *
 * @throws TrellisError `BAD_INPUT` for too many terms, or a figure of no field or of one that has none
 */
export function readOrder(
  entity: EntityDefinition,
  orderBy: readonly AggregateOrder[] | null | undefined,
): readonly AggregateOrderTerm[] {
  const terms = orderBy ?? []
  if (terms.length > mostTerms)
    throw new TrellisError('BAD_INPUT', `orderBy has ${terms.length} terms; ${mostTerms} are allowed.`)
  return terms.map(({ by, field, direction }) => ({
    by: by === 'COUNT' || by === 'GROUP' ? by : figureOf(entity, by, field),
    descending: direction === 'DESC',
  }))
}

function figureOf(
  entity: EntityDefinition,
  by: keyof typeof measureOf,
  field: string | null | undefined,
): Figure {
  const measure = measureOf[by]
  if (!field) throw new TrellisError('BAD_INPUT', `orderBy ${by} needs a field.`)
  const stored = columnBehind(entity, fieldOfEnumValue(field))
  const allowed = measuredColumns(entity, measure)
  if (!allowed.includes(stored)) {
    const names = allowed.map(column => enumValueOf(groupName(column)))
    throw new TrellisError(
      'BAD_INPUT',
      `orderBy ${by} is of ${field}; ${names.length === 0 ? `${entity.name} has no field for it` : `it takes ${names.join(', ')}`}.`,
    )
  }
  return { measure, column: stored }
}

/**
 * A group's place in the select list, where the count comes first. Used rather than the expression
 * again: a time zone is a parameter, and the database takes two parameters for two expressions.
 */
export const position = (group: number): Sql => raw(String(group + 2))

export function orderExpressions(
  terms: readonly AggregateOrderTerm[],
  groups: readonly Group[],
): readonly Sql[] {
  const asked = terms.flatMap(({ by, descending }): readonly Sql[] => {
    const way = descending ? sql`desc nulls last` : sql`asc nulls last`
    if (by === 'COUNT') return [sql`count(*) ${way}`]
    if (by === 'GROUP') return groups.map((_, index) => sql`${position(index)} ${way}`)
    return [sql`${figureSql(by)} ${way}`]
  })
  // The groups have the last word, so that the same question has the same answer.
  return [...asked, ...groups.map((_, index) => sql`${position(index)} nulls last`)]
}
