import { type DataContext, type Records, UserErrors } from '@trellis/sdk'
import type { EcommerceTables } from '../generated/tables.ts'
import { refuse } from '../refuse.ts'
import type { HeldCart } from './open-cart.ts'

export interface CheckedOut {
  readonly cartId: string
  readonly orderId: string
}

/**
 * Makes an order of a cart, by the core's own service: its rules, numbers, totals and approvals are the core's. In
 * the transaction of the mutation, so there is never an order of a cart that is still open.
 *
 * @throws UserErrors when there is nothing in it, or the core refuses the order
 */
export async function checkout(
  customer: Records['Customer'],
  { id: cartId, currency }: HeldCart,
  { database, loaders, services, events, now }: DataContext,
): Promise<CheckedOut> {
  const items = await loaders.ecommerceCarts.itemsOf(cartId)
  if (items.length === 0) throw refuse('customerId', 'REQUIRED', 'The cart is empty; put something in first.')
  const lines = items.map(({ productId, quantity, unitPrice }) => ({
    ...{ productId, unitPrice },
    quantity: String(quantity),
    discountPercent: '0',
    taxPercent: '0',
  }))
  const { id: orderId } = await services.orders
    .create({ customerId: customer.id, status: 'PENDING', currency, lines })
    .catch(thrown => {
      throw asOfCart(thrown)
    })
  await database<EcommerceTables>()
    .updateTable('Cart')
    .set({ status: 'CHECKED_OUT', orderId, updatedAt: now() })
    .where('id', '=', cartId)
    .execute()
  await services.timeline.record([
    {
      targetId: customer.id,
      relatedId: orderId,
      type: 'ecommerce.cart_checked_out',
      title: 'A cart became an order',
      data: { cartId, orderId },
    },
  ])
  await events.emit(
    'ecommerce.cart-checked-out',
    { cartId, customerId: customer.id, orderId },
    { entityId: customer.id },
  )
  return { cartId, orderId }
}

/** What the core refuses stands in an input that the client has not sent: it is told of the customer whose cart it is. */
const asOfCart = (thrown: unknown): unknown =>
  thrown instanceof UserErrors
    ? new UserErrors(thrown.userErrors.map(error => ({ ...error, path: ['input', 'customerId'] })))
    : thrown
