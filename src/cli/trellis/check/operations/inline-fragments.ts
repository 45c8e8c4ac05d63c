import { type DocumentNode, Kind, type OperationDefinitionNode, type SelectionSetNode, visit } from 'graphql'

/** The operation with what its named fragments say in their places. The document has to be valid, so none is in itself. */
export function inlineFragments(
  operation: OperationDefinitionNode,
  document: DocumentNode,
): OperationDefinitionNode {
  const fragments = new Map(
    document.definitions.flatMap(node =>
      node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [],
    ),
  )
  return visit(operation, {
    // What is put in its place is visited, too.
    FragmentSpread(node) {
      const fragment = fragments.get(node.name.value)
      const selectionSet: SelectionSetNode = fragment?.selectionSet ?? {
        kind: Kind.SELECTION_SET,
        selections: [],
      }
      return {
        kind: Kind.INLINE_FRAGMENT,
        ...(fragment && { typeCondition: fragment.typeCondition }),
        ...(node.directives && { directives: node.directives }),
        selectionSet,
      }
    },
  })
}
