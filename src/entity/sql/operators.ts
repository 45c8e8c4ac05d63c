import { type Filter, TrellisError } from '@trellis/sdk'
import { type Sql, sql } from './statement.ts'
import { escapeLike } from './text.ts'

/** Values of one `in` or `notIn`, at most. */
const mostValues = 1000

type Operator = (field: Sql, value: unknown) => Sql

const like =
  (pattern: (text: string) => string): Operator =>
  (field, value) =>
    sql`${field} ilike ${pattern(escapeLike(String(value)))}`

// `ne` and `notIn` hold for records without a value: "not Kenya" includes those whose country is unknown.
const byName: Readonly<Record<string, Operator>> = {
  eq: (field, value) => sql`${field} = ${value}`,
  ne: (field, value) => sql`${field} is distinct from ${value}`,
  in: (field, value) => sql`${field} = any(${value})`,
  notIn: (field, value) => sql`(${field} = any(${value})) is not true`,
  lt: (field, value) => sql`${field} < ${value}`,
  lte: (field, value) => sql`${field} <= ${value}`,
  gt: (field, value) => sql`${field} > ${value}`,
  gte: (field, value) => sql`${field} >= ${value}`,
  contains: like(text => `%${text}%`),
  startsWith: like(text => `${text}%`),
  endsWith: like(text => `%${text}`),
  isNull: (field, value) => (value === true ? sql`${field} is null` : sql`${field} is not null`),
}

/** The driver writes a Date as local time with an offset in minutes; before 1901 many zones had seconds in theirs. */
function parameter(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(parameter)
  return value instanceof Date ? value.toISOString() : value
}

/**
 * The conditions of one filter input, such as `{ gte: 10, lt: 20 }`, on a column or a figure.
 *
 * @param path where the input stands, such as `filter.amount`
 * @throws TrellisError `BAD_INPUT` naming the path and the operator
 */
export function operators(path: string, filter: Filter, field: Sql): readonly Sql[] {
  return Object.entries(filter).flatMap(([operator, value]) => {
    if (value === undefined) return []
    if (Array.isArray(value) && value.length > mostValues)
      throw new TrellisError(
        'BAD_INPUT',
        `${path}.${operator} has ${value.length} values; ${mostValues} are allowed.`,
      )
    const apply = byName[operator]
    return apply ? [apply(field, parameter(value))] : []
  })
}
