import type { Exchange, GatewayPlugin } from '../exchange.ts'

/** Validates and executes each operation on the schema of the moment it came; a swap reaches the next one. */
export const useCurrentSchema = (): GatewayPlugin => ({
  onEnveloped({ setSchema, context }) {
    const { exchange }: { readonly exchange?: Exchange } = context ?? {}
    if (exchange) setSchema(exchange.generation.schema)
  },
})
