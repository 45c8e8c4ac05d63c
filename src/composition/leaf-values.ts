import {
  type GraphQLCompositeType,
  type GraphQLLeafType,
  type GraphQLOutputType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { isThenable } from '../lib/thenable.ts'

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
  if (isThenable(value)) return value
  if (isLeafType(type)) return checkedLeaf(value, type)
  return typeof value === 'object' || hasResolvers(type) ? value : new WrongValue(misfit)
}

/** Whether somebody may make something of a value that has no properties, such as an id. */
const hasResolvers = (type: GraphQLCompositeType): boolean =>
  !isObjectType(type) || Object.values(type.getFields()).some(({ resolve }) => resolve !== undefined)

function checkedLeaf(value: unknown, type: GraphQLLeafType): unknown {
  if (typeof value === 'string' && value.length > longestText)
    return new WrongValue(`a text of ${value.length} characters, of which ${longestText} are allowed`)
  try {
    return type.serialize(value) === undefined ? new WrongValue(misfit) : value
  } catch (thrown) {
    return new WrongValue(misfit, thrown)
  }
}

const misfit = 'a value that its type does not take'

/** To write out a text of 50 MB keeps everybody waiting for a tenth of a second; bytes are for routes. */
const longestText = 1_000_000

/** The author's mistake, which clients may be told without the value. */
export class WrongValue extends Error {
  constructor(says: string, cause?: unknown) {
    super(`it answered ${says}`, { cause })
    this.name = 'WrongValue'
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
