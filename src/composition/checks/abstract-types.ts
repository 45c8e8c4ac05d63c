import { Kind, type TypeDefinitionNode } from 'graphql'
import type { Draft } from '../draft.ts'
import { finding } from '../finding.ts'
import { resolverOf } from '../resolver-map.ts'
import type { Check } from './check.ts'

/**
 * Values of an interface or union tell their type: by `__resolveType`, by `__isTypeOf` of every member, or
 * by carrying `__typename`, which the type's description then says, since code cannot be asked.
 */
export const abstractTypes: Check = function* (draft) {
  for (const [name, [owner]] of draft.types) {
    if (owner?.subschema.kind !== 'extension' || !isAbstract(owner.node)) continue
    const { subschema, node } = owner
    // A service is always asked for `__typename`.
    if (owner.subschema.extension.remote) continue
    if (node.description?.value.includes('__typename')) continue
    if (resolverOf(subschema, name, '__resolveType') !== undefined) continue
    const members = membersOfAbstract(node, draft)
    const silent = members.filter(member => !tellsItself(member, draft))
    // Nothing is of this type as yet, so nothing has to be told.
    if (silent.length === 0) continue
    yield finding({
      code: 'ABSTRACT_TYPE_UNRESOLVED',
      coordinate: name,
      spots: [owner],
      message: named =>
        `Nothing tells which type a ${name} of ${named} is: of ${silent.join(', ')}, for one.`,
      fix: `Add \`resolvers: { ${name}: { __resolveType } }\`, or \`__isTypeOf\` to each member; or let values carry __typename and say so in the description.`,
    })
  }
}

const isAbstract = ({ kind }: TypeDefinitionNode): boolean =>
  kind === Kind.INTERFACE_TYPE_DEFINITION || kind === Kind.UNION_TYPE_DEFINITION

function membersOfAbstract(node: TypeDefinitionNode, { types }: Draft): readonly string[] {
  if (node.kind === Kind.UNION_TYPE_DEFINITION) return (node.types ?? []).map(({ name }) => name.value)
  return [...types].flatMap(([name, [claim]]) =>
    claim?.node.kind === Kind.OBJECT_TYPE_DEFINITION &&
    claim.node.interfaces?.some(implemented => implemented.name.value === node.name.value)
      ? [name]
      : [],
  )
}

function tellsItself(typeName: string, { types }: Draft): boolean {
  const owner = types.get(typeName)?.[0]?.subschema
  return owner !== undefined && resolverOf(owner, typeName, '__isTypeOf') !== undefined
}
