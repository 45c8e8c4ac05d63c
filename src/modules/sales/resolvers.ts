import type { Resolvers } from '../../generated/resolvers.ts'

export const resolvers: Resolvers = {
  Mutation: {
    leadConvert: async (_, { input }, { services }) => ({
      ...(await services.leads.convert(input)),
      userErrors: [],
    }),
    pipelineReorderStages: async (_, { input }, { services }) => ({
      pipeline: await services.pipelines.reorderStages(input),
      userErrors: [],
    }),
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
