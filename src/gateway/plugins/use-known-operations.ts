import { type ASTVisitor, GraphQLError, type ValidationContext } from 'graphql'
import type { GatewayPlugin } from '../exchange.ts'

/** graphql-js 16 finds out at execution only, and then as a failure of the server's. 17 has the rule as KnownOperationTypesRule. */
function knownOperationTypes(context: ValidationContext): ASTVisitor {
  return {
    OperationDefinition(node) {
      if (!context.getSchema().getRootType(node.operation))
        context.reportError(
          new GraphQLError(`There is no ${node.operation} in this schema.`, { nodes: node }),
        )
    },
  }
}

/** Refuses operations of a kind that the schema does not have. */
export const useKnownOperations = (): GatewayPlugin => ({
  onValidate({ addValidationRule }) {
    addValidationRule(knownOperationTypes)
  },
})
