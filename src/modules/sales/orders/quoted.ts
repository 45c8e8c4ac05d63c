import { type Check, type Records, type Rights, TrellisError } from '@trellis/sdk'
import { refusal } from '../../../lib/refusal.ts'

function mayChange(rights: Rights, { ownerId }: Records['Quote']): boolean {
  try {
    rights.assert('update', { entity: 'Quote', ownerId })
    return true
  } catch (error) {
    if (error instanceof TrellisError) return false
    throw error
  }
}

/**
 * Lets those order by a quote who may change it. Others may see it because they are asked to approve it, and the
 * first order by a quote is the one that it becomes.
 */
export const checkQuoted: Check<Records['Order']> = async (changes, { loaders, rights }) => {
  const quoted = changes.flatMap(change =>
    change.action === 'create' && change.values.quoteId ? [{ change, quoteId: change.values.quoteId }] : [],
  )
  const quotes = await loaders.quotes.byId.loadMany(quoted.map(({ quoteId }) => quoteId))
  return quoted.flatMap(({ change, quoteId }, index) => {
    const quote = quotes[index]
    if (!quote || mayChange(rights, quote)) return []
    return [
      refusal(
        change,
        'quoteId',
        'FORBIDDEN',
        `quoteId is ${quoteId}, a quote that is not yours to order by.`,
      ),
    ]
  })
}
