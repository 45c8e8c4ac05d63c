import type { Change, Check, UserError } from '@trellis/sdk'
import { refusal } from '../../../lib/refusal.ts'
import type { DocumentKind, SalesDocument } from './document-kind.ts'

/** What a document may come of; orders also come of quotes. */
type Origins = Pick<SalesDocument, 'opportunityId'> & { readonly quoteId?: string | null }

const originsOf = ({ values }: Change<SalesDocument>): Partial<Origins> => values

/** Gives new documents without a customer that of the quote or the opportunity that they come of. */
export const giveCustomers =
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
