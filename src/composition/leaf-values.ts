import { type GraphQLLeafType, type GraphQLOutputType, isLeafType, isListType, isNonNullType } from 'graphql'
import { isThenable } from './thenable.ts'

/**
 * The value, with an error in place of whatever scalars and enums do not take. The executor would find the
 * same later, but not know whose value it is.
 */
export function checkedLeaves(value: unknown, type: GraphQLOutputType): unknown {
  if (value === null || value === undefined || value instanceof Error) return value
  if (isNonNullType(type)) return checkedLeaves(value, type.ofType)
  if (isListType(type)) {
    if (!Array.isArray(value)) return value
    const items = value.map((item: unknown) => checkedLeaves(item, type.ofType))
    return items.some(isOrHoldsError) ? items : value
  }
  return isLeafType(type) && !isThenable(value) ? checkedLeaf(value, type) : value
}

function checkedLeaf(value: unknown, type: GraphQLLeafType): unknown {
  try {
    return type.serialize(value) === undefined ? new Error('a value that its type does not take') : value
  } catch (thrown) {
    return thrown instanceof Error
      ? thrown
      : new Error('a value that its type does not take', { cause: thrown })
  }
}

/** The value, with `failure` of every error in it: a list may hold one in place of an item. */
export function withFailures(value: unknown, failure: (thrown: unknown) => Error): unknown {
  if (value instanceof Error) return failure(value)
  return Array.isArray(value) && value.some(isOrHoldsError)
    ? value.map(item => withFailures(item, failure))
    : value
}

const isOrHoldsError = (item: unknown): boolean =>
  item instanceof Error || (Array.isArray(item) && item.some(isOrHoldsError))
