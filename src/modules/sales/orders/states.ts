import type { Records } from '@trellis/sdk'
import { createStateMachine } from '../../../lib/transitions.ts'

/** The states of an order: forward one by one, called off until it is on its way, sent back from then on. */
export const orderStates = createStateMachine<Records['Order']['status']>({
  initial: ['DRAFT', 'PENDING'],
  next: {
    DRAFT: ['PENDING', 'CANCELED'],
    PENDING: ['CONFIRMED', 'CANCELED'],
    CONFIRMED: ['PROCESSING', 'CANCELED'],
    PROCESSING: ['SHIPPED', 'CANCELED'],
    SHIPPED: ['DELIVERED', 'RETURNED'],
    DELIVERED: ['COMPLETED', 'RETURNED'],
    COMPLETED: ['RETURNED'],
    CANCELED: [],
    RETURNED: [],
  },
})

/** The states of a quote: until it is accepted, it may be taken back and written anew. */
export const quoteStates = createStateMachine<Records['Quote']['status']>({
  initial: ['DRAFT'],
  next: {
    DRAFT: ['IN_REVIEW', 'SENT', 'EXPIRED'],
    IN_REVIEW: ['DRAFT', 'APPROVED', 'REJECTED', 'EXPIRED'],
    APPROVED: ['DRAFT', 'SENT', 'EXPIRED'],
    SENT: ['DRAFT', 'ACCEPTED', 'REJECTED', 'EXPIRED'],
    ACCEPTED: [],
    REJECTED: ['DRAFT'],
    EXPIRED: ['DRAFT'],
  },
})
