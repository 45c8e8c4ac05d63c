import type { GraphQLFieldResolver } from 'graphql'

const isObject = (source: unknown): source is Readonly<Record<string, unknown>> =>
  typeof source === 'object' && source !== null

const isPromise = (value: unknown) => isObject(value) && typeof value['then'] === 'function'

/**
 * The resolver of fields that have none: a property of the parent, as it is. graphql-js would also call
 * a function and await a promise there, which compiled operations do not; so that nobody builds on it,
 * both are refused from an operation's first, uncompiled execution on.
 *
 * @throws Error that names the field, when the property is a function or a promise
 */
export const plainProperty: GraphQLFieldResolver<unknown, unknown> = (source, _arguments, _context, info) => {
  if (!isObject(source)) return undefined
  const value = source[info.fieldName]
  if (typeof value !== 'function' && !isPromise(value)) return value
  const kind = typeof value === 'function' ? 'function' : 'promise'
  const coordinate = `${info.parentType.name}.${info.fieldName}`
  throw new Error(
    `${coordinate} has no resolver, and the parent's property "${info.fieldName}" is a ${kind}: write a resolver for ${coordinate}.`,
  )
}
