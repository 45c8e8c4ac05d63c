import type { Effect, Records } from '@trellis/sdk'
import { followApprovals } from './approval-status.ts'

/** Has orders that are not confirmed show whether the rules, as they are now, ask for an approval. */
export const followRules: Effect<Records['ApprovalRule']> = async (changes, context) => {
  const isAboutOrders = changes.some(
    ({ before, values }) => before?.appliesTo === 'ORDER' || values.appliesTo === 'ORDER',
  )
  if (isAboutOrders) await followApprovals('open', { context })
}
