import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isInputObjectType,
  isNonNullType,
  Kind,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
  TypeInfo,
  typeFromAST,
  visit,
  visitWithTypeInfo,
} from 'graphql'

/**
 * Fields at most, counted as graphql-jit generates them: 250 compile in some 30 ms, 1,000 in 120 ms, and
 * an interface nested in itself 120 deep in a minute.
 */
const maximumFields = 250

/**
 * Whether graphql-jit may compile an operation: whether its answer will be graphql-js's, at a bounded
 * cost. What is refused here runs on graphql-js, a millisecond slower. Each rule has its twin in
 * is-compilable.test.ts.
 *
 * - Queries only. Where a mutation field's arguments are refused at run time, graphql-jit 0.8.9 skips
 *   the mutation fields after it without an error, or never answers.
 * - No string literals. It writes literals into the source of the function that it generates, and
 *   replaces markers of its own in them by code: a client that knows the markers would run code here.
 * - No introspection, which is rare, large, and reads the schema's own objects.
 * - No underscores in names of the response: it keeps each field's `info` under the path joined by underscores,
 *   so that `a { b }` and an alias `b_a` get one and the same.
 * - No variables of input types that are large or contain themselves. It writes out the code that reads one, input
 *   type by input type within each other: for a filter, which leads to those of all related records, that takes seconds.
 * - No variables of input types with a field that is non-null and has a default: it refuses those that leave it out.
 * - Nothing under a condition that is selected elsewhere as well, which takes the one's condition for the other's.
 * - Not over the size limit.
 */
export function isCompilable(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): boolean {
  return (
    operation.operation === 'query' &&
    hasHarmlessNodes(document) &&
    !isSelectedAgain(document) &&
    hasReadableVariables(schema, operation) &&
    countFields(schema, document, operation) <= maximumFields
  )
}

/** Counts the fields of the input types of all variables, those within each other included; stops at the first too many. */
function hasReadableVariables(
  schema: GraphQLSchema,
  { variableDefinitions = [] }: OperationDefinitionNode,
): boolean {
  let left = maximumFields
  const count = (type: GraphQLNamedType | undefined): void => {
    if (!isInputObjectType(type)) return
    for (const field of Object.values(type.getFields())) {
      const isMisread = isNonNullType(field.type) && field.defaultValue !== undefined
      left -= isMisread ? maximumFields + 1 : 1
      if (left < 0) return
      count(getNamedType(field.type))
    }
  }
  for (const { type } of variableDefinitions) count(getNamedType(typeFromAST(schema, type)))
  return left >= 0
}

function hasHarmlessNodes(document: DocumentNode): boolean {
  let harmless = true
  const refuse = () => {
    harmless = false
  }
  visit(document, {
    StringValue: refuse,
    Field: ({ name: { value: name }, alias }) => {
      const isMeta = name.startsWith('__') && name !== '__typename'
      const responseName = alias?.value ?? name
      if (isMeta || (responseName.includes('_') && responseName !== '__typename')) refuse()
    },
  })
  return harmless
}

/** Whether something that stands under a condition, by its name in the response or its fragment, stands elsewhere as well. */
function isSelectedAgain(document: DocumentNode): boolean {
  const counts = new Map<string, number>()
  const conditional = new Set<string>()
  const namesIn = (node: SelectionNode, note: (name: string) => void): void => {
    if (node.kind === Kind.FIELD) note(node.alias?.value ?? node.name.value)
    else if (node.kind === Kind.FRAGMENT_SPREAD) note(`...${node.name.value}`)
    else for (const inner of node.selectionSet.selections) namesIn(inner, note)
  }
  const look = (node: SelectionNode): void => {
    if (node.kind !== Kind.INLINE_FRAGMENT)
      namesIn(node, name => counts.set(name, (counts.get(name) ?? 0) + 1))
    if ((node.directives ?? []).length > 0) namesIn(node, name => conditional.add(name))
  }
  visit(document, { Field: look, FragmentSpread: look, InlineFragment: look })
  return [...conditional].some(name => (counts.get(name) ?? 0) > 1)
}

/**
 * Fields as often as code is generated for them: fragments count wherever they are spread, and below an
 * abstract type everything counts once per possible type. Each selection is looked at once, so that
 * counting a bomb costs no more than reading it.
 */
function countFields(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): number {
  const weights = variantsPerField(schema, document)
  const fragments = new Map<string, FragmentDefinitionNode>()
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition)
  }
  const counts = new Map<SelectionSetNode, number>()
  const countOf = (selectionSet: SelectionSetNode): number => {
    const known = counts.get(selectionSet)
    if (known !== undefined) return known
    let count = 0
    for (const selection of selectionSet.selections) {
      if (selection.kind === Kind.FIELD) {
        count +=
          1 + (selection.selectionSet ? countOf(selection.selectionSet) * (weights.get(selection) ?? 1) : 0)
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        count += countOf(selection.selectionSet)
      } else {
        const fragment = fragments.get(selection.name.value)
        if (fragment) count += countOf(fragment.selectionSet)
      }
    }
    counts.set(selectionSet, count)
    return count
  }
  return countOf(operation.selectionSet)
}

/** How many object types a field's value may have, for the fields whose type is abstract. */
function variantsPerField(schema: GraphQLSchema, document: DocumentNode): ReadonlyMap<object, number> {
  const variants = new Map<object, number>()
  const typeInfo = new TypeInfo(schema)
  visit(
    document,
    visitWithTypeInfo(typeInfo, {
      Field(node) {
        const type = getNamedType(typeInfo.getType())
        if (isCompositeType(type) && isAbstractType(type))
          variants.set(node, schema.getPossibleTypes(type).length)
      },
    }),
  )
  return variants
}
