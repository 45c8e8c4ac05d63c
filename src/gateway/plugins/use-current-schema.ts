import type { GraphQLSchema } from 'graphql'
import type { GatewayPlugin } from '../exchange.ts'

/** Each operation is validated and executed on the schema of the moment it came; a swap reaches the next one. */
export const useCurrentSchema = ({ schema }: { readonly schema: () => GraphQLSchema }): GatewayPlugin => ({
  onEnveloped({ setSchema }) {
    setSchema(schema())
  },
})
