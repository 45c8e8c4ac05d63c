import type { CampaignMembersAddResult } from '../../../generated/resolvers.ts'

/** What became of those whom a campaign was to address. */
export interface MembersAdded {
  readonly campaignId: string
  readonly results: readonly CampaignMembersAddResult[]
}
