import type { Resolvers } from '../../generated/resolvers.ts'
import { orderStates, quoteStates } from './orders/states.ts'

export const resolvers: Resolvers = {
  Order: { nextStatuses: ({ status }) => orderStates.next(status) },
  Quote: { nextStatuses: ({ status }) => quoteStates.next(status) },
  SalesTarget: { attainment: ({ id }, _, { loaders }) => loaders.attainments.load(id) },
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
    orderTransition: async (_, { input }, { services }) => ({
      order: await services.orders.transition(input),
      userErrors: [],
    }),
    quoteTransition: async (_, { input }, { services }) => ({
      quote: await services.quotes.transition(input),
      userErrors: [],
    }),
    quoteConvertToOrder: async (_, { input }, { services }) => ({
      order: await services.orders.createFromQuote(input),
      userErrors: [],
    }),
    approvalApprove: async (_, { input }, { services }) => ({
      approval: await services.approvals.approve(input),
      userErrors: [],
    }),
    approvalReject: async (_, { input }, { services }) => ({
      approval: await services.approvals.reject(input),
      userErrors: [],
    }),
  },
}
