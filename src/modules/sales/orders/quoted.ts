import { type Change, type Check, type Records, type UserError } from '@trellis/sdk'
import { mayWrite } from '../../../lib/may-write.ts'
import { refusal } from '../../../lib/refusal.ts'
import { isTakenOver } from '../../../lib/taken-over.ts'
import { willBe } from '../../../lib/will-be.ts'

type OrderChange = Change<Records['Order']>

/** What speaks against an order by this quote; one that says no currency gets the quote's. */
function contradictionOf(
  change: OrderChange,
  { id, status, customerId, currency }: Records['Quote'],
): readonly UserError[] {
  const isNew = change.action === 'create'
  if (isNew && status !== 'ACCEPTED') {
    const message = `quoteId is ${id}, a quote that is ${status}; it has to be ACCEPTED to be ordered.`
    return [refusal(change, 'quoteId', 'INVALID_TRANSITION', message)]
  }
  const ordered = willBe(change, 'customerId')
  if (ordered !== customerId) {
    const message = `customerId is ${ordered}, but ${id}, the quote it is ordered by, is of another customer.`
    return [refusal(change, 'customerId', 'CONTRADICTION', message)]
  }
  if (!isNew) return []
  const { currency: paid } = change.values
  if (paid === undefined) change.amend({ currency })
  else if (paid !== currency) {
    const message = `currency is ${paid}, but ${id}, the quote it is ordered by, is in ${currency}.`
    return [refusal(change, 'currency', 'CONTRADICTION', message)]
  }
  return []
}

/**
 * Lets those order by a quote who may change it, once it was accepted, and for its customer. Others may see it because
 * they are asked to approve it, and the first order by a quote is the one that it becomes.
 */
export const checkQuoted: Check<Records['Order']> = async (changes, context) => {
  const quoted = changes.flatMap(change => {
    const quoteId = willBe(change, 'quoteId')
    const { action, values, before } = change
    const isMoved = values.customerId !== undefined && values.customerId !== before?.customerId
    return quoteId && (action === 'create' || isMoved) ? [{ change, quoteId }] : []
  })
  const quotes = await context.loaders.quotes.byId.loadMany(quoted.map(({ quoteId }) => quoteId))
  return quoted.flatMap(({ change, quoteId }, index) => {
    const quote = quotes[index]
    if (!quote) return []
    if (
      change.action === 'create' &&
      !mayWrite(context, 'update', { entity: 'Quote', ownerId: quote.ownerId })
    ) {
      const message = `quoteId is ${quoteId}, a quote that is not yours to order by.`
      return [refusal(change, 'quoteId', 'FORBIDDEN', message)]
    }
    return isTakenOver(change, context, 'Order') ? [] : contradictionOf(change, quote)
  })
}
