import { addResolversToSchema } from '@graphql-tools/schema'
import type { IResolvers } from '@graphql-tools/utils'
import type { ResolverMap } from '@trellis/sdk'
import type { GraphQLSchema } from 'graphql'
import type { Attachment } from './extension-resolvers.ts'
import { isEntries } from './resolver-map.ts'

/**
 * Puts the core's resolvers into the schema, and the extensions' beside or, where they override, over them.
 *
 * @throws Error when one of the core's has no field; those of extensions have been checked
 */
export function attachResolvers(
  schema: GraphQLSchema,
  core: ResolverMap,
  extensions: Iterable<Attachment>,
): GraphQLSchema {
  const resolvers: Record<string, unknown> = { ...core }
  const added = new Map<string, Record<string, unknown>>()
  for (const { typeName, key, value } of extensions) {
    if (key === null) resolvers[typeName] = value
    else added.set(typeName, Object.assign(added.get(typeName) ?? {}, { [key]: value }))
  }
  for (const [typeName, fields] of added) {
    const present = resolvers[typeName]
    resolvers[typeName] = { ...(isEntries(present) ? present : {}), ...fields }
  }
  if (!isResolvers(resolvers)) throw new Error('A type has resolvers that are not an object.')
  return addResolversToSchema({ schema, resolvers, updateResolversInPlace: true })
}

/** What graphql-tools looks at itself: an object a type. The rest it checks against the schema. */
const isResolvers = (value: Readonly<Record<string, unknown>>): value is IResolvers =>
  Object.values(value).every(isEntries)
