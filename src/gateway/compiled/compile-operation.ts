import {
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  type OperationDefinitionNode,
  valueFromASTUntyped,
  visit,
} from 'graphql'
import { compileQuery, isCompiledQuery } from 'graphql-jit'
import { cloneDocument } from './clone-document.ts'
import { type ExecuteOperation, interpretOperation } from './interpret-operation.ts'
import { isCompilable } from './is-compilable.ts'
import { locateError } from './locate-error.ts'

/** The operation as a function, or `null` where it has to run on graphql-js. */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null,
): ExecuteOperation | null {
  const operation = getOperationAST(document, operationName)
  if (!operation || !isCompilable(schema, document, operation)) return null
  const compiled = compileQuery(schema, cloneDocument(document), operationName ?? undefined, {
    // Without it, a condition on one spread of a fragment holds for all spreads of it.
    useExperimentalPathBasedSkipInclude: true,
    disablingCapturingStackErrors: true,
  })
  if (!isCompiledQuery(compiled)) return null
  const defaults = defaultsOf(operation)
  const needed = variablesInside(document)
  return async args => {
    const variables = { ...defaults, ...args.variableValues }
    if (needed.some(name => (variables[name] ?? null) === null)) return interpretOperation(args)
    const result = await compiled.query(args.rootValue, args.contextValue, variables)
    return hasFailedItem(result) ? interpretOperation(args) : locate(result, document)
  }
}

/** What a client would have sent for the variables that have defaults: graphql-jit misses those of non-null variables. */
const defaultsOf = ({
  variableDefinitions = [],
}: OperationDefinitionNode): Readonly<Record<string, unknown>> =>
  Object.fromEntries(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
    ),
  )

/**
 * Variables inside of object and list literals, and of directives. Where one is not given, graphql-jit leaves
 * out the input field's default and shortens the list; where one is null, it does not refuse it.
 */
function variablesInside(document: DocumentNode): readonly string[] {
  const names = new Set<string>()
  const collect = {
    Variable: ({ name }: { readonly name: { readonly value: string } }) => {
      names.add(name.value)
    },
  }
  visit(document, {
    [Kind.OBJECT]: node => {
      visit(node, collect)
    },
    [Kind.LIST]: node => {
      visit(node, collect)
    },
    [Kind.DIRECTIVE]: node => {
      visit(node, collect)
    },
  })
  return [...names]
}

/**
 * Where a list's item is a promise that is rejected after a later one was kept, graphql-jit puts the null
 * at the list's end. Queries change nothing, so that asking again is right, and loaders still know the rest.
 */
const hasFailedItem = ({ errors = [] }: ExecutionResult) =>
  errors.some(({ path }) => typeof path?.at(-1) === 'number')

const locate = (result: ExecutionResult, { loc }: DocumentNode): ExecutionResult =>
  result.errors === undefined
    ? result
    : { ...result, errors: result.errors.map(error => locateError(error, loc?.source)) }
