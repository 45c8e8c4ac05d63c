import { getOperationAST } from 'graphql'
import type { GatewayPlugin } from '../exchange.ts'

/** Notes which operation a request is, for the log; of refused documents too, as far as they parse. */
export const useOperationFacts = (): GatewayPlugin => ({
  onParse() {
    return ({ result, context: { exchange, params } }) => {
      if (result === null || result instanceof Error) return
      const operation = getOperationAST(result, params.operationName)
      if (operation) exchange.operation = { name: operation.name?.value ?? null, type: operation.operation }
    }
  },
})
