import { defineModule, loadSchema } from '@trellis/sdk'
import { checkDates } from '../../lib/date-order.ts'
import { checkCampaigns } from './campaign-check.ts'
import { campaignResultsLoaders } from './figures/campaign-results.ts'
import { planSpendingLoader } from './figures/plan-spending.ts'
import { joinMembers } from './members/join-members.ts'
import { checkMembers } from './members/member-check.ts'
import { memberService } from './members/service.ts'
import { resolvers } from './resolvers.ts'

/** Campaigns and marketing plans: whom they address, what they cost, what they bring in. */
export const marketing = defineModule({
  name: 'marketing',
  typeDefs: loadSchema(import.meta.url),
  resolvers,
  loaders: { campaignResults: campaignResultsLoaders, planSpending: planSpendingLoader },
  services: { campaignMembers: memberService },
  checks: {
    Campaign: checkCampaigns,
    CampaignMember: checkMembers,
    MarketingPlan: changes => changes.flatMap(change => checkDates(change)),
  },
  joins: { CampaignMember: joinMembers },
})
