import { type Filter, TrellisError } from '@trellis/sdk'

/** Conditions of one filter, at most: operators, relations, `not`, and what stands in `and` and `or`. */
const mostConditions = 200

export const isFilter = (value: unknown): value is Filter =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date)

const filtersIn = (value: unknown): readonly Filter[] =>
  Array.isArray(value) ? value.filter(isFilter) : isFilter(value) ? [value] : []

/** Operators only, such as `{ gte: 10, lt: 20 }`. */
const isOperators = (filter: Filter): boolean => {
  const values = Object.values(filter)
  return values.length > 0 && values.every(value => filtersIn(value).length === 0)
}

/** Each operator is one condition, and so is whatever holds others: a relation, `not`, an entry of `and` and `or`. */
function conditionsOf(filter: Filter): number {
  let count = 0
  for (const inner of Object.values(filter).flatMap(filtersIn))
    count += isOperators(inner) ? Object.keys(inner).length : 1 + conditionsOf(inner)
  return count
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
 * What can be said of a filter before any SQL is made of it. Values of `in` are bounded apart.
 *
 * @throws TrellisError `BAD_INPUT` for more conditions than are allowed, or a null
 */
export function assertShape(filter: Filter): void {
  const count = conditionsOf(filter)
  if (count > mostConditions)
    throw new TrellisError(
      'BAD_INPUT',
      `The filter has ${count} conditions; ${mostConditions} are allowed. Ask for less at once, or by \`in\`.`,
    )
  refuseNulls(filter, 'filter')
}
