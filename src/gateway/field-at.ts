import {
  type DocumentNode,
  type FieldNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getOperationAST,
  isCompositeType,
  isObjectType,
  Kind,
  type SelectionNode,
} from 'graphql'

/** A field of the schema, with the type that it was found on. */
export interface FoundField {
  readonly type: GraphQLCompositeType
  readonly field: GraphQLField<unknown, unknown>
}

interface Selected extends FoundField {
  readonly node: FieldNode
}

export interface FieldsAtOptions {
  readonly schema: GraphQLSchema
  readonly document: DocumentNode
  readonly operationName?: string | null | undefined
}

/** The fields that a path of a response leads through, from the root down; empty where it leads nowhere. */
export function fieldsAt(
  { schema, document, operationName }: FieldsAtOptions,
  path: readonly (string | number)[],
): readonly FoundField[] {
  const operation = getOperationAST(document, operationName)
  const root = operation && schema.getRootType(operation.operation)
  if (!operation || !root) return []
  const found: FoundField[] = []
  let type: GraphQLCompositeType = root
  let selections: readonly SelectionNode[] = operation.selectionSet.selections
  for (const key of path) {
    if (typeof key === 'number') continue
    const all: readonly Selected[] = [...fieldsIn({ schema, document }, type, selections)].filter(
      ({ node }) => keyOf(node) === key,
    )
    const [first] = all
    if (first === undefined) return []
    found.push({ type: first.type, field: first.field })
    const next: GraphQLNamedType = getNamedType(first.field.type)
    if (!isCompositeType(next)) return found
    type = next
    // Equal response keys are merged: what is selected below one may be selected below another.
    selections = all.flatMap(({ node }) => node.selectionSet?.selections ?? [])
  }
  return found
}

const keyOf = ({ alias, name }: FieldNode): string => (alias ?? name).value

/** All fields that are selected of a type, those of fragments on narrower types included. */
function* fieldsIn(
  { schema, document }: Pick<FieldsAtOptions, 'schema' | 'document'>,
  type: GraphQLCompositeType,
  selections: readonly SelectionNode[],
): Generator<Selected> {
  for (const node of selections) {
    if (node.kind === Kind.FIELD) {
      const field = 'getFields' in type ? type.getFields()[node.name.value] : undefined
      if (field) yield { type, field, node }
      continue
    }
    const fragment =
      node.kind === Kind.INLINE_FRAGMENT
        ? node
        : document.definitions.find(
            definition =>
              definition.kind === Kind.FRAGMENT_DEFINITION && definition.name.value === node.name.value,
          )
    if (fragment?.kind !== Kind.INLINE_FRAGMENT && fragment?.kind !== Kind.FRAGMENT_DEFINITION) continue
    const { typeCondition, selectionSet } = fragment
    const narrower = typeCondition ? schema.getType(typeCondition.name.value) : type
    if (!isCompositeType(narrower)) continue
    // Of an object it is known what it is: an interface of its own tells no more.
    yield* fieldsIn({ schema, document }, isObjectType(type) ? type : narrower, selectionSet.selections)
  }
}
