import type { Check, Records } from '@trellis/sdk'
import { findHomes, refuseStrangers } from '../../lib/same-customer.ts'

const pointers = { contactId: 'Contact' } as const

/** Refuses a person who is at another customer than the one that asked; one who is at none will do. */
export const checkNeedContact: Check<Records['Need']> = async (changes, context) => {
  const homes = await findHomes(changes, pointers, context)
  return changes.flatMap(change => refuseStrangers(change, pointers, homes))
}
