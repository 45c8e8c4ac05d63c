import { type Context, TrellisError } from '@trellis/sdk'
import type { AdjustInput } from './service.ts'

export const resolvers = {
  Loyalty: {
    adjustments: (
      { customerId }: { customerId: string },
      { first }: { first: number },
      { loaders }: Context,
    ) => {
      if (first < 1 || first > 100)
        throw new TrellisError('BAD_INPUT', `first is ${first}; it may be 1 to 100.`)
      return loaders.loyalty.adjustmentsOf(customerId, first)
    },
  },
  Mutation: {
    loyaltyAdjust: async (_: unknown, { input }: { input: AdjustInput }, { services, loaders }: Context) => ({
      adjustment: await services.loyalty.adjust(input),
      customer: await loaders.customers.byId.load(input.customerId),
      userErrors: [],
    }),
  },
}
