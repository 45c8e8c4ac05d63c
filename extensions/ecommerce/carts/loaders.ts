import { createLoader, type DataContext, type Loader } from '@trellis/sdk'
import { sql } from 'kysely'
import type { CartItem as CartItemTable, Cart as CartTable, EcommerceTables } from '../generated/tables.ts'

/** A cart as it is read, with what is in it added up. */
export interface Cart extends Readonly<Pick<CartTable, 'id' | 'customerId' | 'currency' | 'orderId'>> {
  readonly status: 'OPEN' | 'CHECKED_OUT' | 'ABANDONED'
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly itemCount: number
  readonly subtotal: string
}

export interface CartItem extends Readonly<Pick<CartItemTable, 'id' | 'cartId' | 'productId' | 'quantity'>> {
  readonly unitPrice: string
  readonly subtotal: string
  readonly addedAt: Date
}

export interface CartLoaders {
  readonly byId: Loader<string, Cart>
  /** A customer's open cart. Who asks has seen that the viewer may read the customer. */
  readonly openOf: Loader<string, Cart>
  /** What is in a cart, in the order in which it was put in. */
  readonly itemsOf: (cartId: string) => Promise<readonly CartItem[]>
}

declare module '@trellis/sdk' {
  interface Loaders {
    readonly ecommerceCarts: CartLoaders
  }
}

/** Not remembered: a mutation reads a cart, writes it, and reads it again. */
const fresh = { cache: false }

/** The reads of carts: each one statement, however many are asked for at once. */
export function cartLoaders({ database }: DataContext): CartLoaders {
  const own = database<EcommerceTables>()

  const carts = own
    .selectFrom('Cart')
    .leftJoin('CartItem', 'CartItem.cartId', 'Cart.id')
    .selectAll('Cart')
    .select([
      sql<number>`coalesce(sum("CartItem".quantity), 0)::int`.as('itemCount'),
      sql<string>`coalesce(sum("CartItem".quantity * "CartItem"."unitPrice"), 0)`.as('subtotal'),
    ])
    .groupBy('Cart.id')

  const items = createLoader<readonly CartItem[]>(async cartIds => {
    const rows = await own
      .selectFrom('CartItem')
      .select(['id', 'cartId', 'productId', 'quantity', 'unitPrice', 'addedAt'])
      .select(sql<string>`quantity * "unitPrice"`.as('subtotal'))
      .where('cartId', '=', sql<string>`any(${cartIds})`)
      .orderBy('place')
      .execute()
    return Map.groupBy(rows, ({ cartId }) => cartId)
  }, fresh)

  return {
    byId: createLoader(async ids => {
      const rows = await carts.where('Cart.id', '=', sql<string>`any(${ids})`).execute()
      return new Map(rows.map(row => [row.id, row]))
    }, fresh),
    openOf: createLoader(async customerIds => {
      const rows = await carts
        .where('Cart.customerId', '=', sql<string>`any(${customerIds})`)
        .where('Cart.status', '=', 'OPEN')
        .execute()
      return new Map(rows.map(row => [row.customerId, row]))
    }, fresh),
    itemsOf: async cartId => (await items.load(cartId)) ?? [],
  }
}
