import {
  type FieldNode,
  GraphQLIncludeDirective,
  type GraphQLResolveInfo,
  GraphQLSkipDirective,
  getDirectiveValues,
  Kind,
  type SelectionNode,
} from 'graphql'

type Facts = Pick<GraphQLResolveInfo, 'fragments' | 'variableValues'>

const isIncluded = (node: SelectionNode, { variableValues }: Facts): boolean =>
  getDirectiveValues(GraphQLSkipDirective, node, variableValues)?.['if'] !== true &&
  getDirectiveValues(GraphQLIncludeDirective, node, variableValues)?.['if'] !== false

/**
 * The fields selected below these nodes, through fragments, without what `@skip` and `@include` leave out.
 * For nodes of an object type: no type condition on it can fail once the document is valid.
 */
export function selectedFields(nodes: readonly FieldNode[], facts: Facts): readonly FieldNode[] {
  const within = (selections: readonly SelectionNode[]): readonly FieldNode[] =>
    selections.flatMap(node => {
      if (!isIncluded(node, facts)) return []
      if (node.kind === Kind.FIELD) return node.name.value.startsWith('__') ? [] : [node]
      const set =
        node.kind === Kind.INLINE_FRAGMENT
          ? node.selectionSet
          : facts.fragments[node.name.value]?.selectionSet
      return within(set?.selections ?? [])
    })
  return nodes.flatMap(node => within(node.selectionSet?.selections ?? []))
}
