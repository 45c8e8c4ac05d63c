import type { Join, Records } from '@trellis/sdk'

/** Two people of an opportunity are one: the primary one still is, and a part says more than OTHER. */
export const joinOpportunityContacts: Join<Records['OpportunityContact']> = (kept, surplus) => ({
  isPrimary: kept.isPrimary || surplus.isPrimary,
  role: kept.role === 'OTHER' ? surplus.role : kept.role,
})
