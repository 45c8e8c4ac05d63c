import type { Resolvers } from '../../generated/resolvers.ts'

export const resolvers: Resolvers = {
  Mutation: {
    activityComplete: async (_, { input }, { services }) => ({
      activity: await services.activities.complete(input),
      userErrors: [],
    }),
  },
}
