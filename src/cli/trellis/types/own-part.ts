import { MapperKind, mapSchema, pruneSchema } from '@graphql-tools/utils'
import { GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql'
import type { Ownership } from '../../../composition/index.ts'

/**
 * What of a schema an extension answers for: its types, its root fields, and on types of others its own fields. Types of others that
 * these lead to are there with no more than an id.
 */
export function ownPart(schema: GraphQLSchema, ownership: Ownership, name: string): GraphQLSchema {
  const isOwn = (coordinate: string): boolean => ownership.get(coordinate)?.name === name
  const extended = new Set(
    [...ownership.keys()].filter(isOwn).map(coordinate => coordinate.split('.')[0] ?? ''),
  )
  const reduced = mapSchema(schema, {
    [MapperKind.OBJECT_TYPE]: type => {
      if (isOwn(type.name)) return type
      const { fields, ...config } = type.toConfig()
      const kept = Object.entries(fields).filter(([field]) => isOwn(`${type.name}.${field}`))
      const [first] = Object.entries(fields)
      // A type has to have a field; that of the core's records is the id.
      const some = kept.length > 0 ? kept : first ? [first] : []
      // Without the interfaces, whose fields it does not have any more.
      return new GraphQLObjectType({ ...config, interfaces: [], fields: Object.fromEntries(some) })
    },
    [MapperKind.ROOT_OBJECT]: type => {
      const { fields, ...config } = type.toConfig()
      const kept = Object.entries(fields).filter(([field]) => isOwn(`${type.name}.${field}`))
      return kept.length > 0 ? new GraphQLObjectType({ ...config, fields: Object.fromEntries(kept) }) : null
    },
  })
  return pruneSchema(reduced, { skipPruning: type => isObjectType(type) && extended.has(type.name) })
}
