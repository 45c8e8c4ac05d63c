import type { Check, Records } from '@trellis/sdk'
import { findHomes, refuseStrangers } from '../../../lib/same-customer.ts'
import { willBe } from '../../../lib/will-be.ts'

const pointers = { contactId: 'Contact' } as const

/** Gives cases the customer of whoever asks, and refuses contacts of another customer. */
export const fitCustomers: Check<Records['Case']> = async (changes, context) => {
  const homes = await findHomes(changes, pointers, context)
  return changes.flatMap(change => {
    const home = homes.get(willBe(change, 'contactId') ?? '')
    if (home && !willBe(change, 'customerId')) change.amend({ customerId: home })
    return refuseStrangers(change, pointers, homes)
  })
}
