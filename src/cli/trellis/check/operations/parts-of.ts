import { type FieldNode, Kind, type OperationDefinitionNode, type SelectionNode } from 'graphql'
import { withUsedVariables } from './resize-lists.ts'

/** An operation cut down to one of its fields and what is below that. */
export interface Part {
  readonly operation: OperationDefinitionNode
  /** Response keys to the field. */
  readonly path: readonly string[]
}

/** The operation once for each field that is selected right below `path`, with nothing but that field. Fragments have to be inlined. */
export const partsOf = (operation: OperationDefinitionNode, path: readonly string[]): readonly Part[] =>
  cutDown(operation.selectionSet.selections, path).map(({ selections, key }) => ({
    operation: withUsedVariables({
      ...operation,
      selectionSet: { ...operation.selectionSet, selections },
    }),
    path: [...path, key],
  }))

interface Cut {
  readonly selections: readonly SelectionNode[]
  readonly key: string
}

const keyOf = ({ alias, name }: FieldNode): string => alias?.value ?? name.value

/** One cut for each field at the end of `path`; the fields on the way stay, with no other below them. */
function cutDown(selections: readonly SelectionNode[], path: readonly string[]): readonly Cut[] {
  const [here, ...below] = path
  return selections.flatMap((node): readonly Cut[] => {
    if (node.kind === Kind.FRAGMENT_SPREAD) return []
    if (node.kind === Kind.INLINE_FRAGMENT)
      return cutDown(node.selectionSet.selections, path).map(cut => wrapped(node, cut))
    if (here === undefined) return [{ selections: [node], key: keyOf(node) }]
    if (keyOf(node) !== here || !node.selectionSet) return []
    return cutDown(node.selectionSet.selections, below).map(cut => wrapped(node, cut))
  })
}

const wrapped = <Node extends Extract<SelectionNode, { readonly selectionSet?: unknown }>>(
  node: Node,
  { selections, key }: Cut,
): Cut => ({
  selections: [{ ...node, selectionSet: { kind: Kind.SELECTION_SET, selections } }],
  key,
})
