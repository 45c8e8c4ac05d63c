import type { EntityInput, Records } from '@trellis/sdk'
import type { LeadConvertInput } from '../../../generated/resolvers.ts'

type Lead = Records['Lead']

/** Who has what a lead becomes. */
export interface Ownership {
  readonly ownerId: string
  readonly teamId: string | null
}

const present = (text: string | null): string | null => (text?.trim() ? text : null)

/** The name of the person, as a contact has it: it needs a last one. */
function personOf({ firstName, lastName }: Lead): { firstName: string | null; lastName: string } | null {
  const [first, last] = [present(firstName), present(lastName)]
  if (last !== null) return { firstName: first, lastName: last }
  return first === null ? null : { firstName: null, lastName: first }
}

/** The customer that a lead's company becomes; addresses of the person's go with the person, where there is one. */
export function customerOf(lead: Lead, hasOpportunity: boolean): EntityInput {
  const ownAddresses = {
    email: lead.email,
    phone: lead.phone ?? lead.mobile,
    doNotContact: lead.doNotCall && lead.emailOptOut,
  }
  return {
    name: lead.company,
    lifecycleStage: hasOpportunity ? 'OPPORTUNITY' : 'SALES_QUALIFIED',
    rating: lead.rating,
    industry: lead.industry,
    website: lead.website,
    employeeCount: lead.employeeCount,
    description: lead.description,
    billingStreet: lead.street,
    billingCity: lead.city,
    billingState: lead.state,
    billingPostalCode: lead.postalCode,
    billingCountry: lead.country,
    ...(personOf(lead) === null && ownAddresses),
  }
}

/** The contact that a lead's person becomes; `null` where it names none. */
export function contactOf(lead: Lead, customerId: string): EntityInput | null {
  const person = personOf(lead)
  if (person === null) return null
  const { salutation, title, email, phone, mobile, doNotCall, emailOptOut } = lead
  return { ...person, customerId, salutation, title, email, phone, mobile, doNotCall, emailOptOut }
}

/** The opportunity that a lead becomes; what nobody says of it is as for any new one. */
export function opportunityOf(
  lead: Lead,
  given: LeadConvertInput['opportunity'],
  references: { readonly customerId: string; readonly campaignId: string | null },
): EntityInput {
  const { name, amount, currency, stageId, expectedCloseDate } = given ?? {}
  return {
    name: name ?? lead.company,
    leadSource: lead.leadSource,
    ...references,
    ...(amount != null && { amount }),
    ...(currency != null && { currency }),
    ...(stageId != null && { stageId }),
    ...(expectedCloseDate != null && { expectedCloseDate }),
  }
}
