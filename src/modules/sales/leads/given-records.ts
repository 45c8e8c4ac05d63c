import type { DataContext, Records } from '@trellis/sdk'
import type { LeadConvertInput } from '../../../generated/resolvers.ts'
import { refuse } from '../refuse.ts'
import { held } from './held.ts'

type Customer = Records['Customer']
type Contact = Records['Contact']

/** The records that a lead comes to, as far as there are such already. */
export interface GivenRecords {
  readonly customer: Customer | null
  readonly contact: Contact | null
}

async function givenContact(id: string, context: DataContext): Promise<Contact> {
  const { loaders, rights } = context
  const contact = await held({
    ...{ id, argument: 'contactId', table: 'Contact', loader: loaders.contacts.byId },
    database: context.database(),
  })
  // What hangs on the lead comes to hang on it.
  rights.assert('update', { entity: 'Contact', ownerId: contact.ownerId })
  return contact
}

async function givenCustomer(
  id: string,
  argument: 'customerId' | 'contactId',
  { loaders, rights }: DataContext,
): Promise<Customer> {
  const customer = await loaders.customers.byId.load(id)
  if (!customer || customer.deletedAt !== null) {
    const message =
      argument === 'customerId'
        ? `There is no Customer "${id.slice(0, 60)}", or none that you may see.`
        : 'The customer of the contact is deleted, or not yours to see.'
    throw refuse(argument, 'NOT_FOUND', message)
  }
  rights.assert('update', { entity: 'Customer', ownerId: customer.ownerId })
  return customer
}

/**
 * The customer and the contact that a conversion names, the contact held. A contact that is at a customer brings it along.
 *
 * @throws UserErrors when one is not there, or the contact is at another customer
 * @throws TrellisError `FORBIDDEN` when the viewer may not change them
 */
export async function givenRecords(
  { customerId, contactId }: LeadConvertInput,
  context: DataContext,
): Promise<GivenRecords> {
  const contact = contactId == null ? null : await givenContact(contactId, context)
  if (customerId != null && contact?.customerId && contact.customerId !== customerId)
    throw refuse(
      'contactId',
      'CONTRADICTION',
      `The contact ${contact.id} is at another customer than customerId, which is "${customerId.slice(0, 60)}".`,
    )
  if (customerId != null) return { contact, customer: await givenCustomer(customerId, 'customerId', context) }
  if (contact?.customerId)
    return { contact, customer: await givenCustomer(contact.customerId, 'contactId', context) }
  return { contact, customer: null }
}
