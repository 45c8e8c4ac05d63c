import { TrellisError } from '@trellis/sdk'
import { GraphQLError, getOperationAST, getVariableValues } from 'graphql'
import { noteVariables } from '../compiled/noted-variables.ts'
import type { GatewayPlugin } from '../exchange.ts'

/** More help nobody, and the messages quote the values. */
const maxErrors = 10

/**
 * Refuses variables that do not fit before a context exists, with graphql-js's words whoever executes
 * afterwards. Executors refuse them too, but their errors cannot be told from a field's.
 */
export const useCheckedVariables = (): GatewayPlugin => ({
  onExecute({ args: { schema, document, operationName, variableValues }, setResultAndStopExecution }) {
    const definitions = getOperationAST(document, operationName)?.variableDefinitions ?? []
    if (definitions.length === 0) return
    const { errors, coerced } = getVariableValues(schema, definitions, variableValues ?? {}, { maxErrors })
    if (errors === undefined) {
      if (variableValues) noteVariables(variableValues, coerced)
      return
    }
    setResultAndStopExecution({
      errors: errors.map(
        ({ message, nodes }) =>
          new GraphQLError(message, {
            nodes: nodes ?? null,
            originalError: new TrellisError('BAD_INPUT', message),
          }),
      ),
    })
  },
})
