import type { Check, Records } from '@trellis/sdk'
import { refusal } from '../../../lib/refusal.ts'
import { customersAndOwners } from '../customers-and-owners.ts'

/** Gives cases the customer of whoever asks, and refuses contacts of another customer. */
export const fitCustomers: Check<Records['Case']> = async (changes, context) => {
  const asked = changes.flatMap(change => {
    const { before, values } = change
    const isSaid = values.contactId !== undefined || values.customerId !== undefined
    const contactId = values.contactId === undefined ? before?.contactId : values.contactId
    const customerId = values.customerId === undefined ? before?.customerId : values.customerId
    return isSaid && contactId ? [{ change, contactId, customerId }] : []
  })
  const contacts = await customersAndOwners(
    'Contact',
    asked.map(({ contactId }) => contactId),
    context,
  )
  return asked.flatMap(({ change, contactId, customerId }) => {
    const home = contacts.get(contactId)?.customerId
    if (!home || home === customerId) return []
    if (!customerId) {
      change.amend({ customerId: home })
      return []
    }
    const field = change.values.contactId === undefined ? 'customerId' : 'contactId'
    const message = `Contact ${contactId} is at another customer than ${customerId}.`
    return [refusal(change, field, 'CONTRADICTION', message)]
  })
}
