import { type GraphQLSchema, isInputObjectType, isInterfaceType, isObjectType, Kind } from 'graphql'
import type { Draft } from './draft.ts'
import { assumedSizeOf } from './list-size.ts'
import type { Ownership } from './ownership.ts'

/**
 * Notes on every type and field whose it is, as `extensions.owner`, and on lists of declared size that
 * size, as `extensions.assumedSize`: plugins read them off the schema without knowing composition.
 */
export function attachOwners(schema: GraphQLSchema, ownership: Ownership, { members }: Draft): void {
  for (const type of Object.values(schema.getTypeMap())) {
    const owner = ownership.get(type.name)
    // Introspection and GraphQL's own scalars belong to nobody.
    if (owner === undefined) continue
    type.extensions = { ...type.extensions, owner: owner.name }
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`
      const node = members.get(coordinate)?.[0]?.node
      const assumedSize = node?.kind === Kind.FIELD_DEFINITION ? assumedSizeOf(node) : undefined
      field.extensions = {
        ...field.extensions,
        owner: (ownership.get(coordinate) ?? owner).name,
        ...(assumedSize === undefined ? {} : { assumedSize }),
      }
    }
  }
}
