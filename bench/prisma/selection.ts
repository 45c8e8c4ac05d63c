import { type GraphQLResolveInfo, Kind, type SelectionSetNode } from 'graphql'

/** Columns for Prisma's `select`. */
export type Selection = Readonly<Record<string, true>>

/**
 * The columns that a field's selections need: those among `columns` that are selected, and those
 * of `always`. What is skipped by a directive is read all the same, so that the answer holds for
 * every execution of a document and is worked out once.
 *
 * @param below names of the fields between the resolved field and its records (`nodes`)
 */
export const selectionOf = (columns: readonly string[], always: readonly string[], below?: string) => {
  const known = new WeakMap<object, Selection>()
  return ({ fieldNodes, fragments }: Pick<GraphQLResolveInfo, 'fieldNodes' | 'fragments'>): Selection => {
    const [key] = fieldNodes
    const found = key && known.get(key)
    if (found) return found
    const names = new Set(always)
    const collect = (set: SelectionSetNode | undefined, within: string | undefined): void => {
      for (const selection of set?.selections ?? []) {
        if (selection.kind === Kind.INLINE_FRAGMENT) collect(selection.selectionSet, within)
        else if (selection.kind === Kind.FRAGMENT_SPREAD)
          collect(fragments[selection.name.value]?.selectionSet, within)
        else if (within === selection.name.value) collect(selection.selectionSet, undefined)
        else if (within === undefined && columns.includes(selection.name.value))
          names.add(selection.name.value)
      }
    }
    for (const node of fieldNodes) collect(node.selectionSet, below)
    const selection = Object.fromEntries([...names].map(name => [name, true as const]))
    if (key) known.set(key, selection)
    return selection
  }
}
