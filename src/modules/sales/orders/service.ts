import type { DataContext, Records, Services } from '@trellis/sdk'
import type {
  MutationOrderTransitionArgs,
  MutationQuoteConvertToOrderArgs,
  MutationQuoteTransitionArgs,
} from '../../../generated/resolvers.ts'
import { refuse } from '../refuse.ts'
import { copyLines, findOrderOf } from './copy-lines.ts'
import { quotes } from './document-kind.ts'
import { holdDocuments } from './held-documents.ts'

type Order = Records['Order']
type Quote = Records['Quote']

declare module '@trellis/sdk' {
  interface OrdersService {
    /** Takes an order to its next state. @throws UserErrors when it may not go there */
    transition(input: MutationOrderTransitionArgs['input']): Promise<Order>
    /** The order by a quote that was accepted; made when there is none. @throws UserErrors when it was not accepted */
    createFromQuote(input: MutationQuoteConvertToOrderArgs['input']): Promise<Order>
  }
  interface QuotesService {
    /** Takes a quote to its next state. @throws UserErrors when it may not go there */
    transition(input: MutationQuoteTransitionArgs['input']): Promise<Quote>
  }
}

/** What is special about writing quotes. */
export const quoteService = ({ services }: DataContext): Partial<Services['quotes']> => ({
  transition: ({ status, ...input }) => services.quotes.set(input, { status }),
})

/** What is special about writing orders: they go from state to state, and come of quotes. */
export function orderService(context: DataContext): Partial<Services['orders']> {
  const { loaders, services, rights } = context

  /** An accepted quote, held: of two who order by it at once, the second finds what the first has ordered. */
  const acceptedQuote = async ({ id, expectedVersion }: MutationQuoteConvertToOrderArgs['input']) => {
    const seen = await loaders.quotes.byId.load(id)
    if (!seen)
      throw refuse('id', 'NOT_FOUND', `There is no Quote "${id.slice(0, 60)}", or none that you may see.`)
    rights.assert('update', { entity: 'Quote', ownerId: seen.ownerId })
    await holdDocuments(quotes, [id], context)
    const quote = (await loaders.quotes.byId.load(id)) ?? seen
    const { number, status, version } = quote
    if (expectedVersion != null && expectedVersion !== version)
      throw refuse(
        'expectedVersion',
        'STALE_VERSION',
        `Quote ${id} is at version ${version}; expectedVersion was ${expectedVersion}. Read it again.`,
      )
    if (quote.deletedAt) throw refuse('id', 'DELETED', `Quote ${number} is deleted; restore it first.`)
    if (status !== 'ACCEPTED')
      throw refuse(
        'id',
        'INVALID_TRANSITION',
        `Quote ${number} is ${status}; it has to be ACCEPTED to be ordered.`,
      )
    return quote
  }

  const orderBy = async ({ id, number }: Quote): Promise<Order | null> => {
    const found = await findOrderOf(id, context)
    if (!found) return null
    const order = await loaders.orders.byId.load(found)
    if (order) return order
    throw refuse('id', 'TAKEN', `Quote ${number} has been ordered, by an order that you may not see.`)
  }

  return {
    transition: ({ status, ...input }) => services.orders.set(input, { status }),

    async createFromQuote(input) {
      const quote = await acceptedQuote(input)
      const known = await orderBy(quote)
      if (known) return known
      const { id: quoteId, name, customerId, contactId, opportunityId, ownerId, teamId } = quote
      const { currency, extraDiscount, description } = quote
      const order = await services.orders.create({
        ...{ quoteId, name, customerId, contactId, opportunityId, ownerId, teamId },
        ...{ currency, extraDiscount, description },
      })
      await copyLines({ quoteId, orderId: order.id }, context)
      return (await loaders.orders.byId.load(order.id)) ?? order
    },
  }
}
