import type { Change, Context, Records } from '@trellis/sdk'
import { willBe } from '../../../lib/will-be.ts'

type Member = Records['CampaignMember']
type Lead = Records['Lead']
type Contact = Records['Contact']

/** A member in the making, with what it is a member of and whom it stands for, as far as there are such. */
export interface Membership {
  readonly change: Change<Member>
  readonly campaign: Records['Campaign'] | null
  readonly lead: Lead | null
  readonly contact: Contact | null
}

/** Reads what members stand for, in a statement for campaigns, leads and contacts each. */
export async function membershipsOf(
  changes: readonly Change<Member>[],
  { loaders }: Context,
): Promise<readonly Membership[]> {
  const load = <Row>(
    loader: { load(id: string): Promise<Row | null> },
    id: string | null | undefined,
  ): Promise<Row | null> | null => (id ? loader.load(id) : null)
  return Promise.all(
    changes.map(async change => {
      const [campaign, lead, contact] = await Promise.all([
        load(loaders.campaigns.byId, willBe(change, 'campaignId')),
        load(loaders.leads.byId, willBe(change, 'leadId')),
        load(loaders.contacts.byId, willBe(change, 'contactId')),
      ])
      return { change, campaign, lead, contact }
    }),
  )
}
