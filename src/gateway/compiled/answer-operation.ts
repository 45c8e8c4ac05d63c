import type { Context } from '@trellis/sdk'
import {
  type DocumentNode,
  type ExecutionResult,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  getOperationAST,
  getVariableValues,
  Kind,
  type OperationTypeNode,
} from 'graphql'
import { planAnswer } from '../../entity/index.ts'
import type { ExecuteOperation } from './interpret-operation.ts'
import { notedVariables } from './noted-variables.ts'

type Values = Readonly<Record<string, unknown>>

/** An operation that the database answers alone. */
export interface AnsweredOperation {
  readonly name: string | null
  readonly type: OperationTypeNode
  /** What its variables come to; `null` when they are refused. */
  readonly readVariables: (given: Values) => Values | null
  /** The data as JSON; `null` where the values of this request need resolvers all the same. */
  readonly answer: (context: Context, variables: Values) => Promise<string | null>
}

/** @returns `null` where resolvers have a say in it */
export function answerOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null,
): AnsweredOperation | null {
  const operation = getOperationAST(document, operationName)
  if (!operation) return null
  const plan = planAnswer({ schema, fragments: fragmentsOf(document) }, operation)
  if (!plan) return null
  const { variableDefinitions = [] } = operation
  return {
    name: operation.name?.value ?? null,
    type: operation.operation,
    readVariables: given =>
      variableDefinitions.length === 0
        ? {}
        : (notedVariables(given) ??
          getVariableValues(schema, variableDefinitions, given, { maxErrors: 1 }).coerced ??
          null),
    answer: (context, variables) => context.loaders.lookAhead.answer(plan, variables),
  }
}

/** A result whose data is JSON already; Yoga sends what `stringify` answers. */
const resultOf = (data: string): ExecutionResult & { readonly stringify: () => string } => ({
  get data() {
    return JSON.parse(data)
  },
  stringify: () => `{"data":${data}}`,
})

const isContext = (value: unknown): value is Context =>
  typeof value === 'object' && value !== null && 'loaders' in value

/** The same as a way of executing it; `otherwise` does where resolvers are needed. */
export const executeAnswered =
  (operation: AnsweredOperation, otherwise: ExecuteOperation): ExecuteOperation =>
  async args => {
    const { contextValue } = args
    const variables = operation.readVariables(args.variableValues ?? {})
    if (!variables || !isContext(contextValue)) return otherwise(args)
    const data = await operation.answer(contextValue, variables)
    return data === null ? otherwise(args) : resultOf(data)
  }

const fragmentsOf = ({ definitions }: DocumentNode): Readonly<Record<string, FragmentDefinitionNode>> =>
  Object.fromEntries(
    definitions.flatMap(node => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
  )
