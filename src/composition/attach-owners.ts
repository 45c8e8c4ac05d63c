import { type GraphQLSchema, isInputObjectType, isInterfaceType, isObjectType, Kind } from 'graphql'
import type { Draft } from './draft.ts'
import { assumedSizeOf } from './list-size.ts'
import type { Ownership } from './ownership.ts'
import { rolesOf } from './permissions.ts'

/**
 * Notes on every type and field whose it is, as `extensions.owner`, on fields that lead to an extension who may ask for
 * them beside administrators, as `extensions.roles`, and on lists of declared size that
 * size, as `extensions.assumedSize`: plugins read them off the schema without knowing composition.
 */
export function attachOwners(schema: GraphQLSchema, ownership: Ownership, draft: Draft): void {
  const { members } = draft
  // Most fields have nothing but an owner: ten thousand of them need no object each.
  const alone = new Map<string, { readonly owner: string }>()
  const aloneOf = (owner: string): { readonly owner: string } => {
    const before = alone.get(owner) ?? { owner }
    alone.set(owner, before)
    return before
  }
  for (const type of Object.values(schema.getTypeMap())) {
    const owner = ownership.get(type.name)
    // Introspection and GraphQL's own scalars belong to nobody.
    if (owner === undefined) continue
    type.extensions = { ...type.extensions, owner: owner.name }
    if (!isObjectType(type) && !isInterfaceType(type) && !isInputObjectType(type)) continue
    for (const field of Object.values(type.getFields())) {
      const coordinate = `${type.name}.${field.name}`
      const claim = members.get(coordinate)?.[0]
      const node = claim?.node
      const roles = claim && rolesOf(claim, draft)
      const assumedSize = node?.kind === Kind.FIELD_DEFINITION ? assumedSizeOf(node) : undefined
      const { name } = ownership.get(coordinate) ?? owner
      field.extensions =
        assumedSize === undefined && roles === undefined && isEmpty(field.extensions)
          ? aloneOf(name)
          : {
              ...field.extensions,
              owner: name,
              ...(roles && { roles }),
              ...(assumedSize === undefined ? {} : { assumedSize }),
            }
    }
  }
}

function isEmpty(extensions: object): boolean {
  for (const _ in extensions) return false
  return true
}
