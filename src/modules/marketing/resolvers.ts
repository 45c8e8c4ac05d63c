import type { Resolvers } from '../../generated/resolvers.ts'

/** The figures of a record that was just read: there are some for every record. */
function there<Figures>(figures: Figures | null, id: string): Figures {
  if (figures === null) throw new Error(`There are no figures of ${id}.`)
  return figures
}

export const resolvers: Resolvers = {
  Campaign: {
    results: async ({ id }, { includeDescendants }, { loaders: { campaignResults } }) => {
      const loader = includeDescendants ? campaignResults.withDescendants : campaignResults.alone
      return there(await loader.load(id), id)
    },
  },
  MarketingPlan: {
    spending: async ({ id }, _, { loaders }) => there(await loaders.planSpending.load(id), id),
  },
  CampaignMembersAddPayload: {
    // One that was refused as a whole has none.
    results: ({ results }) => results ?? [],
  },
  Mutation: {
    campaignMembersAdd: async (_, { input }, { services, loaders }) => {
      const { campaignId, results } = await services.campaignMembers.add(input)
      return { campaign: await loaders.campaigns.byId.load(campaignId), results, userErrors: [] }
    },
  },
}
