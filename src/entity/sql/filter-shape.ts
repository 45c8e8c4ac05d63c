import { type Filter, TrellisError } from '@trellis/sdk'

/**
 * Of one filter, at most. Conditions are operators, relations, `not`, and what stands in `and` and `or`.
 * Relations are bounded closer: PostgreSQL plans them as joins, 20 in 0.1 s, 50 in 0.7 s.
 */
const most = { conditions: 200, relations: 20 } as const

/** What holds filters and is no relation. */
const connectives: ReadonlySet<string> = new Set(['and', 'or', 'not', 'some', 'every', 'none'])

export const isFilter = (value: unknown): value is Filter =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

const filtersIn = (value: unknown): readonly Filter[] =>
  Array.isArray(value) ? value.filter(isFilter) : isFilter(value) ? [value] : []

/** Operators only, such as `{ gte: 10, lt: 20 }`. */
const isOperators = (filter: Filter): boolean => {
  const entries = Object.entries(filter)
  return (
    entries.length > 0 &&
    entries.every(([name, value]) => !connectives.has(name) && filtersIn(value).length === 0)
  )
}

/** Each operator is one condition, and so is whatever holds others: a relation, `not`, an entry of `and` and `or`. */
function conditionsOf(filter: Filter): number {
  let count = 0
  for (const inner of Object.values(filter).flatMap(filtersIn))
    count += isOperators(inner) ? Object.keys(inner).length : 1 + conditionsOf(inner)
  return count
}

function relationsOf(filter: Filter): number {
  let count = 0
  for (const [name, value] of Object.entries(filter)) {
    if (isFilter(value) && !connectives.has(name) && !isOperators(value)) count += 1
    for (const inner of filtersIn(value)) count += relationsOf(inner)
  }
  return count
}

function refuseMore(argument: string, what: keyof typeof most, count: number): void {
  if (count > most[what])
    throw new TrellisError(
      'BAD_INPUT',
      `The argument ${argument} has ${count} ${what}; ${most[what]} are allowed. Ask for less at once, or by \`in\`.`,
    )
}

/** A null is no condition: taken for one, it would be left out, and the filter would find more than was meant. */
function refuseNulls(value: unknown, path: string): void {
  if (value === null)
    throw new TrellisError(
      'BAD_INPUT',
      `${path} is null; leave it out, or use isNull to look for missing values.`,
    )
  if (Array.isArray(value))
    for (const [index, entry] of value.entries()) refuseNulls(entry, `${path}.${index}`)
  else if (isFilter(value))
    for (const [name, inner] of Object.entries(value)) refuseNulls(inner, `${path}.${name}`)
}

/**
 * What can be said of a filter, or of `having`, before any SQL is made of it. Values of `in` are bounded apart.
 *
 * @throws TrellisError `BAD_INPUT` for more conditions or relations than are allowed, or a null
 */
export function assertShape(argument: 'filter' | 'having', conditions: Filter): void {
  refuseMore(argument, 'conditions', conditionsOf(conditions))
  refuseMore(argument, 'relations', relationsOf(conditions))
  refuseNulls(conditions, argument)
}
