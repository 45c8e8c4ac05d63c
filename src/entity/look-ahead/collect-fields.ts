import {
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  isAbstractType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
} from 'graphql'

/** An operation as far as its selections go. */
export interface OperationText {
  readonly schema: GraphQLSchema
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>
}

/** What is selected under one name of the response. */
export interface SelectedField {
  readonly key: string
  /** All that select it; what is selected below it is theirs together. */
  readonly nodes: readonly FieldNode[]
  /** Whether a directive decides that it is there at all. */
  readonly isConditional: boolean
}

interface Collected {
  readonly nodes: FieldNode[]
  isConditional: boolean
}

/** Selections looked at, at most, so that fragments within fragments cost no more than they are worth. */
const mostSelections = 1000

/**
 * The fields selected of an object type, by their names in the response and in its order, as graphql-js
 * collects them; but what `@skip` and `@include` may leave out is in it.
 *
 * @returns `null` for more than is worth planning
 */
export function collectFields(
  { schema, fragments }: OperationText,
  type: GraphQLObjectType,
  parents: readonly (FieldNode | OperationDefinitionNode)[],
): readonly SelectedField[] | null {
  const fields = new Map<string, Collected>()
  const spread = new Set<string>()
  let left = mostSelections

  const applies = (condition: string | undefined): boolean => {
    if (condition === undefined || condition === type.name) return true
    const conditional = schema.getType(condition)
    return isAbstractType(conditional) && schema.isSubType(conditional, type)
  }
  const collect = (selections: readonly SelectionNode[], within: boolean): void => {
    for (const node of selections) {
      left -= 1
      if (left < 0) return
      const isConditional = within || (node.directives?.length ?? 0) > 0
      if (node.kind === Kind.FIELD) {
        const key = node.alias?.value ?? node.name.value
        const field = fields.get(key)
        if (!field) fields.set(key, { nodes: [node], isConditional })
        else {
          field.nodes.push(node)
          // Conditional if any is: what is below is of all of them.
          field.isConditional ||= isConditional
        }
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        if (applies(node.typeCondition?.name.value)) collect(node.selectionSet.selections, isConditional)
      } else {
        const fragment = fragments[node.name.value]
        if (!fragment || (!isConditional && spread.has(node.name.value))) continue
        if (!isConditional) spread.add(node.name.value)
        if (applies(fragment.typeCondition.name.value))
          collect(fragment.selectionSet.selections, isConditional)
      }
    }
  }
  for (const { selectionSet } of parents) collect(selectionSet?.selections ?? [], false)
  if (left < 0) return null
  return [...fields].map(([key, field]) => ({ key, ...field }))
}
