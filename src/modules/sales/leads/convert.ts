import { type DataContext, type Loader, type Records, UserErrors } from '@trellis/sdk'
import type { LeadConvertInput } from '../../../generated/resolvers.ts'
import { carryOver } from './carry-over.ts'
import { type Conversion, earlierConversion } from './conversion.ts'
import { type GivenRecords, givenRecords } from './given-records.ts'
import { held } from './held.ts'
import { refusedAt } from './refused-at.ts'
import { tellOfConversion } from './tell-of-conversion.ts'
import { contactOf, customerOf, type Ownership, opportunityOf } from './what-a-lead-becomes.ts'

type Lead = Records['Lead']

/** Everything that the steps of a conversion have to know. */
interface Converting {
  readonly context: DataContext
  readonly input: LeadConvertInput
  readonly lead: Lead
  readonly ownership: Ownership
  readonly given: GivenRecords
}

/** The id, as long as the record may still be pointed to: a lead may be older than what it points to lives. */
async function living(
  loader: Loader<string, { readonly deletedAt: Date | null }>,
  id: string | null,
): Promise<string | null> {
  const record = id === null ? null : await loader.load(id)
  return record?.deletedAt === null ? id : null
}

/** The lead's owner, or else whoever converts it. */
async function ownershipOf({ ownerId, teamId }: Lead, { loaders, viewer }: DataContext): Promise<Ownership> {
  const owner = await living(loaders.users.byId, ownerId)
  if (owner === null) return { ownerId: viewer.id, teamId: viewer.teamId }
  return { ownerId: owner, teamId: await living(loaders.teams.byId, teamId) }
}

const wantsOpportunity = ({ createOpportunity = true }: LeadConvertInput): boolean => createOpportunity

function customerFor({ context, input, lead, ownership, given }: Converting) {
  const allowDuplicate = input.allowDuplicate ?? false
  const made = { ...customerOf(lead, wantsOpportunity(input)), ...ownership, allowDuplicate }
  return (
    given.customer ??
    refusedAt(
      () => context.services.customers.create(made),
      () => ['input', 'customerId'],
    )
  )
}

async function contactFor(
  { context, input, lead, ownership, given: { contact } }: Converting,
  customerId: string,
) {
  const { contacts } = context.services
  const made = contactOf(lead, customerId)
  const write = async () => {
    if (contact?.customerId === customerId) return contact
    if (contact) return contacts.set({ id: contact.id }, { customerId })
    return made && contacts.create({ ...made, ...ownership, allowDuplicate: input.allowDuplicate ?? false })
  }
  return refusedAt(write, () => ['input', 'contactId'])
}

async function opportunityFor(
  { context, input, lead, ownership }: Converting,
  customerId: string,
  contactId: string | null,
) {
  if (!wantsOpportunity(input)) return null
  const { loaders, services } = context
  const campaignId = await living(loaders.campaigns.byId, lead.campaignId)
  const made = opportunityOf(lead, input.opportunity, { customerId, campaignId })
  const opportunity = await refusedAt(
    () => services.opportunities.create({ ...made, ...ownership }),
    field => ['input', 'opportunity', ...(field && field in (input.opportunity ?? {}) ? [field] : [])],
  )
  if (contactId !== null)
    await services.opportunityContacts.create({ opportunityId: opportunity.id, contactId, isPrimary: true })
  return opportunity
}

/**
 * Makes of a lead a customer, a contact and an opportunity, and has what hangs on it hang on them. Converting again
 * answers what it became; of two who convert it at once, the second finds it converted.
 */
export async function convertLead(input: LeadConvertInput, context: DataContext): Promise<Conversion> {
  const { loaders, services, rights } = context
  const lead = await held({
    ...{ id: input.id, argument: 'id', table: 'Lead', loader: loaders.leads.byId },
    database: context.database(),
  })
  rights.assert('update', { entity: 'Lead', ownerId: lead.ownerId })
  if (lead.status === 'CONVERTED') return earlierConversion(lead, input, context)
  if (input.opportunity && !wantsOpportunity(input))
    throw new UserErrors([
      {
        code: 'CONTRADICTION',
        message: 'opportunity is given, but createOpportunity is false.',
        path: ['input', 'opportunity'],
      },
    ])

  const given = await givenRecords(input, context)
  const converting = { context, input, lead, given, ownership: await ownershipOf(lead, context) }
  const customer = await customerFor(converting)
  const contact = await contactFor(converting, customer.id)
  const opportunity = await opportunityFor(converting, customer.id, contact?.id ?? null)
  const became = {
    leadId: lead.id,
    customerId: customer.id,
    contactId: contact?.id ?? null,
    opportunityId: opportunity?.id ?? null,
  }
  const carried = {
    ...(await carryOver(became, context)),
    campaigns: await services.campaignMembers.followLead(became),
  }
  const { id, expectedVersion = null } = input
  const converted = await services.leads.set(
    { id, expectedVersion },
    {
      status: 'CONVERTED',
      convertedAt: context.now(),
      convertedCustomerId: became.customerId,
      convertedContactId: became.contactId,
      convertedOpportunityId: became.opportunityId,
    },
  )
  await tellOfConversion(became, carried, context)
  return { lead: converted, customer, contact, opportunity }
}
