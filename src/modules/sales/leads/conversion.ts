import { type Context, type Records, type UserError, UserErrors } from '@trellis/sdk'
import type { LeadConvertInput } from '../../../generated/resolvers.ts'

type Lead = Records['Lead']

/** What a lead has become, as far as the viewer may see it. */
export interface Conversion {
  readonly lead: Lead
  readonly customer: Records['Customer'] | null
  readonly contact: Records['Contact'] | null
  readonly opportunity: Records['Opportunity'] | null
}

/** What a repetition says that the conversion was not. */
function otherwise(lead: Lead, input: LeadConvertInput): readonly UserError[] {
  const differs = (argument: 'customerId' | 'contactId', became: string | null): readonly UserError[] => {
    const id = input[argument]
    if (id == null || id === became) return []
    const message = `Lead ${lead.id} is converted already, to ${became ?? 'none'}, and not to ${argument} "${id.slice(0, 60)}".`
    return [{ code: 'CONVERTED', message, path: ['input', argument] }]
  }
  const wantsOpportunity = input.opportunity != null && lead.convertedOpportunityId === null
  return [
    ...differs('customerId', lead.convertedCustomerId),
    ...differs('contactId', lead.convertedContactId),
    ...(wantsOpportunity
      ? [
          {
            code: 'CONVERTED',
            message: `Lead ${lead.id} was converted without an opportunity; make one with opportunityCreate.`,
            path: ['input', 'opportunity'],
          },
        ]
      : []),
  ]
}

/**
 * What a lead became when it was converted before.
 *
 * @throws UserErrors `CONVERTED` when the input names something else
 */
export async function earlierConversion(
  lead: Lead,
  input: LeadConvertInput,
  { loaders }: Context,
): Promise<Conversion> {
  const problems = otherwise(lead, input)
  if (problems.length > 0) throw new UserErrors(problems)
  const { convertedCustomerId, convertedContactId, convertedOpportunityId } = lead
  return {
    lead,
    customer: convertedCustomerId ? await loaders.customers.byId.load(convertedCustomerId) : null,
    contact: convertedContactId ? await loaders.contacts.byId.load(convertedContactId) : null,
    opportunity: convertedOpportunityId
      ? await loaders.opportunities.byId.load(convertedOpportunityId)
      : null,
  }
}
