import type { Check, Records } from '@trellis/sdk'

/**
 * Lets those order by a quote who may change it. Others may see it because they are asked to approve it, and the
 * first order by a quote is the one that it becomes.
 *
 * @throws TrellisError `FORBIDDEN`
 */
export const checkQuoted: Check<Records['Order']> = async (changes, { loaders, rights }) => {
  const quoteIds = changes.flatMap(({ action, values: { quoteId } }) =>
    action === 'create' && quoteId ? [quoteId] : [],
  )
  for (const quote of await loaders.quotes.byId.loadMany(quoteIds))
    if (quote) rights.assert('update', { entity: 'Quote', ownerId: quote.ownerId })
  return []
}
