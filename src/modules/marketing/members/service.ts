import type { DataContext, Services } from '@trellis/sdk'
import type { CampaignMembersAddInput, CampaignMembersAddResult } from '../../../generated/resolvers.ts'
import { addMembers } from './add-members.ts'
import { followLead } from './follow-lead.ts'

/** What became of those whom a campaign was to address. */
export interface MembersAdded {
  readonly campaignId: string
  readonly results: readonly CampaignMembersAddResult[]
}

/** A lead that was converted, and the contact that it became; `null` where it names no person. */
export interface ConvertedLead {
  readonly leadId: string
  readonly contactId: string | null
}

declare module '@trellis/sdk' {
  interface CampaignMembersService {
    /**
     * Adds members to a campaign; those that it has, and those who opted out, are left as they are.
     *
     * @throws UserErrors when one cannot be found
     * @throws TrellisError `BAD_INPUT` for fewer or more than are allowed; `FORBIDDEN`
     */
    add(input: CampaignMembersAddInput): Promise<MembersAdded>
    /**
     * Has campaigns that address a lead address the contact that it became, and say that they won it. What follows from
     * a conversion, so it takes the right to convert, and no right on campaigns. Answers how many there are.
     */
    followLead(converted: ConvertedLead): Promise<number>
  }
}

/** What is special about writing the members of campaigns: they come in numbers, and become customers. */
export const memberService = (context: DataContext): Partial<Services['campaignMembers']> => ({
  add: input => addMembers(input, context),
  followLead: converted => followLead(converted, context),
})
