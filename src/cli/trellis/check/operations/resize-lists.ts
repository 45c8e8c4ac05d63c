import {
  type ArgumentNode,
  type FieldNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql'

/** An operation whose outermost lists have another size. */
export interface Resized {
  readonly operation: OperationDefinitionNode
  /** Where these lists are in the answer, by response keys; none when no list takes `first`. */
  readonly lists: readonly (readonly string[])[]
}

/** Asks each outermost list that takes `first` for so many records. */
export function resizeLists(
  operation: OperationDefinitionNode,
  schema: GraphQLSchema,
  size: number,
): Resized {
  const typeInfo = new TypeInfo(schema)
  const lists: string[][] = []
  const path: string[] = []
  let isInList = false
  const resized = visit(
    operation,
    visitWithTypeInfo(typeInfo, {
      Field: {
        enter(node) {
          path.push(node.alias?.value ?? node.name.value)
          const takesFirst = typeInfo.getFieldDef()?.args.some(({ name }) => name === 'first') ?? false
          if (isInList || !takesFirst) return undefined
          lists.push([...path])
          isInList = true
          return withFirst(node, size)
        },
        leave() {
          if (lists.at(-1)?.length === path.length) isInList = false
          path.pop()
        },
      },
    }),
  )
  return { operation: withUsedVariables(resized), lists }
}

function withFirst(node: FieldNode, size: number): FieldNode {
  const first: ArgumentNode = {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: 'first' },
    value: { kind: Kind.INT, value: String(size) },
  }
  const others = (node.arguments ?? []).filter(({ name }) => name.value !== 'first')
  return { ...node, arguments: [...others, first] }
}

/** Without the variables that nothing uses any more, which would not be valid. */
export function withUsedVariables(operation: OperationDefinitionNode): OperationDefinitionNode {
  const used = new Set<string>()
  const { variableDefinitions = [], ...rest } = operation
  visit(rest, { Variable: ({ name }) => void used.add(name.value) })
  return {
    ...rest,
    variableDefinitions: variableDefinitions.filter(({ variable }) => used.has(variable.name.value)),
  }
}
