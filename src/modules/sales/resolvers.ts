import type { Resolvers } from '../../generated/resolvers.ts'

export const resolvers: Resolvers = {
  Mutation: {
    opportunityMoveStage: async (_, { input }, { services }) => ({
      opportunity: await services.opportunities.moveStage(input),
      userErrors: [],
    }),
    opportunityClose: async (_, { input }, { services }) => ({
      opportunity: await services.opportunities.close(input),
      userErrors: [],
    }),
  },
}
