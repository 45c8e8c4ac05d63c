import type { Change, Check, DataContext, UserError } from '@trellis/sdk'
import { refusal } from '../../../lib/refusal.ts'
import { findHomes, refuseStrangers } from '../../../lib/same-customer.ts'
import type { DocumentKind, SalesDocument } from './document-kind.ts'

/** What a document may come of; orders also come of quotes. */
type Origins = Pick<SalesDocument, 'opportunityId'> & { readonly quoteId?: string | null }

const originsOf = ({ values }: Change<SalesDocument>): Partial<Origins> => values

/** All but the orders that say no more than their quotes: whoever has come to be of another customer since, it was theirs. */
async function withoutCopied(
  changes: readonly Change<SalesDocument>[],
  { loaders }: DataContext,
): Promise<readonly Change<SalesDocument>[]> {
  const quoted = changes.flatMap(change => {
    const { quoteId } = originsOf(change)
    return quoteId ? [{ change, quoteId }] : []
  })
  const quotes = await loaders.quotes.byId.loadMany(quoted.map(({ quoteId }) => quoteId))
  const copied = quoted.flatMap(({ change }, index) => {
    const { customerId, contactId = null, opportunityId = null } = change.values
    const quote = quotes[index]
    const isCopy =
      quote?.customerId === customerId &&
      quote?.contactId === contactId &&
      quote.opportunityId === opportunityId
    return isCopy ? [change] : []
  })
  return changes.filter(change => !copied.includes(change))
}

/** What a document says of who it is for. */
const pointers = { contactId: 'Contact', opportunityId: 'Opportunity' } as const

/** Has new documents be for the customer that they come of, and refuses people and opportunities of another customer. */
export const fitCustomers =
  (kind: DocumentKind): Check<SalesDocument> =>
  async (changes, context) => {
    const homeless = await giveCustomers(kind)(changes, context)
    const said = await withoutCopied(changes, context)
    const homes = await findHomes(said, pointers, context)
    return [...homeless, ...said.flatMap(change => refuseStrangers(change, pointers, homes))]
  }

/** Gives new documents without a customer that of the quote or the opportunity that they come of. */
const giveCustomers =
  ({ word }: DocumentKind): Check<SalesDocument> =>
  async (changes, { loaders }) => {
    const homeless = changes.filter(
      ({ action, values }) => action === 'create' && values.customerId === undefined,
    )
    const customerOf = async (change: Change<SalesDocument>): Promise<string | null | undefined> => {
      const { quoteId, opportunityId } = originsOf(change)
      const quote = quoteId ? await loaders.quotes.byId.load(quoteId) : null
      if (quote) return quote.customerId
      return opportunityId ? (await loaders.opportunities.byId.load(opportunityId))?.customerId : null
    }
    const problems = homeless.map(async (change): Promise<readonly UserError[]> => {
      const customerId = await customerOf(change)
      if (customerId) {
        change.amend({ customerId })
        return []
      }
      const message = `customerId is required: the ${word} comes of nothing that has a customer.`
      return [refusal(change, 'customerId', 'REQUIRED', message)]
    })
    return (await Promise.all(problems)).flat()
  }
