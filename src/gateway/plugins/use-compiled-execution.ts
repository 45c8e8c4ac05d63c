import {
  type DocumentNode,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  type OperationDefinitionNode,
} from 'graphql'
import { answerOperation } from '../compiled/answer-operation.ts'
import { compileOperation } from '../compiled/compile-operation.ts'
import { type ExecuteOperation, interpretOperation } from '../compiled/interpret-operation.ts'
import type { KnownOperation, KnownOperations } from '../compiled/known-operations.ts'
import { noteVariables } from '../compiled/noted-variables.ts'
import type { GatewayPlugin } from '../exchange.ts'

/**
 * How an operation was executed: by the database, whose JSON is the response; by a compiled function; by
 * graphql-js.
 */
export type ExecutionWay = 'answered' | 'compiled' | 'interpreted'

export interface ExecutionOptions {
  /** `interpreted`: by graphql-js always, which the other ways are measured against. @default 'compiled' */
  readonly execution?: 'compiled' | 'interpreted'
  /** Told how each operation is executed, for tests that compare the ways. */
  readonly onExecution?: (way: ExecutionWay) => void
}

interface Prepared {
  readonly way: ExecutionWay
  readonly execute: ExecuteOperation
}

const interpreted: Prepared = { way: 'interpreted', execute: interpretOperation }

/** Of one document: what is prepared of each is kept as long as the document, and may hold all of its fragments. */
const mostOperations = 10

/** Seen once, or how it is executed. */
type Known = 'seen' | Prepared

/**
 * Executes operations that come again without graphql-js, at a fifth of its cost or less, and makes queries known to
 * those who answer directly.
 *
 * Keyed by schema, document and operation name: a schema that was swapped out takes its functions with
 * it, and the two operations of one document stay two. Prepared from the second execution on, since
 * compiling costs as much as some twenty executions and most operations of a person at GraphiQL come once.
 */
export function useCompiledExecution({
  known: operations,
  execution = 'compiled',
  onExecution = () => undefined,
}: ExecutionOptions & { readonly known: KnownOperations }): GatewayPlugin {
  const schemas = new WeakMap<GraphQLSchema, WeakMap<DocumentNode, Map<string | null, Known>>>()

  const operationsOf = (schema: GraphQLSchema, document: DocumentNode) => {
    const documents = schemas.get(schema) ?? new WeakMap<DocumentNode, Map<string | null, Known>>()
    schemas.set(schema, documents)
    const named = documents.get(document) ?? new Map<string | null, Known>()
    documents.set(document, named)
    return named
  }

  return {
    onExecute({ args: { schema, document, operationName = null }, setExecuteFn }) {
      const run = ({ way, execute }: Prepared) => {
        onExecution(way)
        setExecuteFn(execute)
      }
      if (execution === 'interpreted') return run(interpreted)
      const named = operationsOf(schema, document)
      const known = named.get(operationName)
      if (known !== undefined && known !== 'seen') return run(known)
      const operation = getOperationAST(document, operationName)
      if (known === undefined) {
        // Names that the document does not have are the client's to invent, and not kept.
        if (operation && named.size < mostOperations) named.set(operationName, 'seen')
        return run(interpreted)
      }
      const prepared = prepare(schema, document, operationName)
      named.set(operationName, prepared)
      if (operation?.operation === 'query')
        operations.note(schema, document, operationName, knownOperation(schema, operation, prepared))
      run(prepared)
    },
  }
}

/** The fastest way that answers as graphql-js does. */
function prepare(schema: GraphQLSchema, document: DocumentNode, operationName: string | null): Prepared {
  let compiled: Prepared | undefined
  const compile = (): Prepared => {
    const execute = compileOperation(schema, document, operationName)
    return execute ? { way: 'compiled', execute } : interpreted
  }
  const otherwise: ExecuteOperation = args => (compiled ??= compile()).execute(args)
  const answer = answerOperation(schema, document, operationName, otherwise)
  return answer ? { way: 'answered', execute: answer } : compile()
}

const knownOperation = (
  schema: GraphQLSchema,
  { name, operation, variableDefinitions = [] }: OperationDefinitionNode,
  { execute }: Prepared,
): KnownOperation => ({
  name: name?.value ?? null,
  type: operation,
  takes(variables) {
    if (variableDefinitions.length === 0) return true
    const { coerced } = getVariableValues(schema, variableDefinitions, variables, { maxErrors: 1 })
    if (coerced) noteVariables(variables, coerced)
    return coerced !== undefined
  },
  execute,
})
