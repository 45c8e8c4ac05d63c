import { Kind, type TypeDefinitionNode, type TypeExtensionNode } from 'graphql'
import type { Claim } from './draft.ts'

/** A definition together with what its own author adds to it by `extend`. */
export function completeType({ subschema, node }: Claim<TypeDefinitionNode>): TypeDefinitionNode {
  const additions = subschema.extends.get(node.name.value) ?? []
  return additions.reduce(withAddition, node)
}

function withAddition(node: TypeDefinitionNode, addition: TypeExtensionNode): TypeDefinitionNode {
  const directives = [...(node.directives ?? []), ...(addition.directives ?? [])]
  if (node.kind === Kind.OBJECT_TYPE_DEFINITION && addition.kind === Kind.OBJECT_TYPE_EXTENSION)
    return {
      ...node,
      directives,
      fields: joined(node.fields, addition.fields),
      interfaces: joined(node.interfaces, addition.interfaces),
    }
  if (node.kind === Kind.INTERFACE_TYPE_DEFINITION && addition.kind === Kind.INTERFACE_TYPE_EXTENSION)
    return {
      ...node,
      directives,
      fields: joined(node.fields, addition.fields),
      interfaces: joined(node.interfaces, addition.interfaces),
    }
  if (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION && addition.kind === Kind.INPUT_OBJECT_TYPE_EXTENSION)
    return { ...node, directives, fields: joined(node.fields, addition.fields) }
  if (node.kind === Kind.ENUM_TYPE_DEFINITION && addition.kind === Kind.ENUM_TYPE_EXTENSION)
    return { ...node, directives, values: joined(node.values, addition.values) }
  if (node.kind === Kind.UNION_TYPE_DEFINITION && addition.kind === Kind.UNION_TYPE_EXTENSION)
    return { ...node, directives, types: joined(node.types, addition.types) }
  return { ...node, directives }
}

const joined = <Item>(first: readonly Item[] = [], second: readonly Item[] = []): readonly Item[] => [
  ...first,
  ...second,
]
