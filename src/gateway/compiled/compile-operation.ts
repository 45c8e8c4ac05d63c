import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  getOperationAST,
  type GraphQLSchema,
} from 'graphql'
import { compileQuery, isCompiledQuery } from 'graphql-jit'
import { cloneDocument } from './clone-document.ts'
import { isCompilable } from './is-compilable.ts'
import { locateError } from './locate-error.ts'

/** Executes one operation of one document on one schema. */
export type CompiledOperation = (args: ExecutionArgs) => ExecutionResult | Promise<ExecutionResult>

/** The operation as a function, or `null` where it has to run on graphql-js. */
export function compileOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null,
): CompiledOperation | null {
  const operation = getOperationAST(document, operationName)
  if (!operation || !isCompilable(schema, document, operation)) return null
  const compiled = compileQuery(schema, cloneDocument(document), operationName ?? undefined, {
    // Without it, a condition on one spread of a fragment holds for all spreads of it.
    useExperimentalPathBasedSkipInclude: true,
    disablingCapturingStackErrors: true,
  })
  if (!isCompiledQuery(compiled)) return null
  const locate = (result: ExecutionResult): ExecutionResult =>
    result.errors === undefined
      ? result
      : { ...result, errors: result.errors.map(error => locateError(error, document.loc?.source)) }
  return async ({ rootValue, contextValue, variableValues }) =>
    locate(await compiled.query(rootValue, contextValue, variableValues ?? {}))
}
