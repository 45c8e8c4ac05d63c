import type { Context } from '@trellis/sdk'
import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
} from 'graphql'
import { planAnswer } from '../../entity/index.ts'
import type { ExecuteOperation } from './interpret-operation.ts'
import { notedVariables } from './noted-variables.ts'

/** A result whose data is JSON already; Yoga, and whoever answers directly, sends what `stringify` answers. */
export interface StringifiedResult extends ExecutionResult {
  readonly stringify: () => string
}

const resultOf = (data: string): StringifiedResult => ({
  get data() {
    return JSON.parse(data)
  },
  stringify: () => `{"data":${data}}`,
})

/**
 * The operation as statements whose JSON is the response, or `null` where resolvers have a say in it.
 *
 * @param otherwise executes it where the values of a request need resolvers all the same
 */
export function answerOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null,
  otherwise: ExecuteOperation,
): ExecuteOperation | null {
  const operation = getOperationAST(document, operationName)
  if (!operation) return null
  const plan = planAnswer({ schema, fragments: fragmentsOf(document) }, operation)
  if (!plan) return null
  const { variableDefinitions = [] } = operation
  const variablesOf = ({ variableValues }: ExecutionArgs) => {
    if (variableDefinitions.length === 0) return {}
    const given = variableValues ?? {}
    return notedVariables(given) ?? getVariableValues(schema, variableDefinitions, given).coerced
  }
  const isContext = (value: unknown): value is Context =>
    typeof value === 'object' && value !== null && 'loaders' in value
  return async args => {
    const { contextValue } = args
    const variables = variablesOf(args)
    if (!variables || !isContext(contextValue)) return otherwise(args)
    // Where the database fails, resolvers say which fields it failed.
    const data = await contextValue.loaders.lookAhead.answer(plan, variables).catch(() => null)
    return data === null ? otherwise(args) : resultOf(data)
  }
}

const fragmentsOf = ({ definitions }: DocumentNode): Readonly<Record<string, FragmentDefinitionNode>> =>
  Object.fromEntries(
    definitions.flatMap(node => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  )
