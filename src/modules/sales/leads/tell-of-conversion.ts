import type { DataContext } from '@trellis/sdk'
import type { Became, Carried } from './carry-over.ts'

/** Writes on the timelines of a lead and of what it became that it was converted, and what was carried over. */
export async function tellOfConversion(
  became: Became,
  carried: Carried & { readonly campaigns: number },
  { services }: DataContext,
): Promise<void> {
  const { leadId, customerId, contactId, opportunityId } = became
  const event = { type: 'lead.converted', title: 'Lead converted' }
  const targets = [customerId, contactId, opportunityId].filter(id => id !== null)
  await services.timeline.record([
    {
      ...event,
      targetId: leadId,
      relatedId: customerId,
      data: { customerId, contactId, opportunityId, carried },
    },
    ...targets.map(targetId => ({ ...event, targetId, relatedId: leadId, data: { leadId } })),
  ])
}
