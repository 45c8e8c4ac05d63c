import type { DataContext, Services } from '@trellis/sdk'
import type { CampaignMembersAddInput } from '../../../generated/resolvers.ts'
import { addMembers } from './add-members.ts'
import { followLead } from './follow-lead.ts'
import type { ConvertedLead } from './lead-conversion.ts'
import type { MembersAdded } from './members-added.ts'

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
