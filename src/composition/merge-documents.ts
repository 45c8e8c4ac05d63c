import {
  type DefinitionNode,
  type DocumentNode,
  isExecutableDefinitionNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
} from 'graphql'
import type { Draft, MemberNode } from './draft.ts'
import type { Subschema } from './subschema.ts'

/** One document of what everyone owns: copies of shared types and fields that were taken over are left out. */
export function mergeDocuments(draft: Draft): DocumentNode {
  const subschemas: readonly Subschema[] = [draft.core, ...draft.extensions]
  return {
    kind: Kind.DOCUMENT,
    definitions: subschemas.flatMap(subschema => ownedDefinitions(subschema, draft)),
  }
}

const ownedDefinitions = (subschema: Subschema, draft: Draft): readonly DefinitionNode[] =>
  subschema.document.definitions
    .filter(node => isOwned(node, subschema, draft))
    .map(node =>
      withMembers(
        node,
        typeName => member => ownsMember(`${typeName}.${member.name.value}`, subschema, draft),
      ),
    )

function isOwned(node: DefinitionNode, subschema: Subschema, { types, directives }: Draft): boolean {
  if (isTypeDefinitionNode(node)) return types.get(node.name.value)?.[0]?.subschema === subschema
  if (isTypeExtensionNode(node)) return types.has(node.name.value)
  if (node.kind === Kind.DIRECTIVE_DEFINITION)
    return directives.get(node.name.value)?.[0]?.subschema === subschema
  // What remains an extension may not have, which the checks have said.
  return subschema.kind === 'core' && !isExecutableDefinitionNode(node)
}

const ownsMember = (coordinate: string, subschema: Subschema, { members }: Draft): boolean =>
  members.get(coordinate)?.[0]?.subschema === subschema

/** The same node when all its members stay, so that identity tells what was touched. */
function withMembers(
  node: DefinitionNode,
  stays: (typeName: string) => (member: MemberNode) => boolean,
): DefinitionNode {
  switch (node.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_EXTENSION:
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_EXTENSION: {
      const fields = node.fields?.filter(stays(node.name.value))
      return fields === undefined || fields.length === node.fields?.length ? node : { ...node, fields }
    }
    case Kind.INPUT_OBJECT_TYPE_DEFINITION:
    case Kind.INPUT_OBJECT_TYPE_EXTENSION: {
      const fields = node.fields?.filter(stays(node.name.value))
      return fields === undefined || fields.length === node.fields?.length ? node : { ...node, fields }
    }
    case Kind.ENUM_TYPE_DEFINITION:
    case Kind.ENUM_TYPE_EXTENSION: {
      const values = node.values?.filter(stays(node.name.value))
      return values === undefined || values.length === node.values?.length ? node : { ...node, values }
    }
    default:
      return node
  }
}
