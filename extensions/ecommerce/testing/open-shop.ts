import {
  type AskOptions,
  createTestGateway,
  type TestGateway,
  type TestGatewayOptions,
  valueAt,
} from '@trellis/testing'
import { sql } from 'kysely'
import { ecommerce } from '../index.ts'

type Values = Readonly<Record<string, unknown>>

export interface Shop extends AsyncDisposable {
  readonly gateway: TestGateway
  /** Moves the present on. */
  readonly daysPass: (days: number) => void
  readonly customer: (more?: Values, options?: AskOptions) => Promise<string>
  readonly product: (more?: Values) => Promise<string>
  readonly addItem: (
    customerId: string,
    productId: string,
    quantity?: number,
    options?: AskOptions,
  ) => Promise<readonly string[]>
  /** Puts so many further products into an open cart, at once. */
  readonly fillCart: (customerId: string, count: number) => Promise<unknown>
  /** Its open cart, as its customer shows it. */
  readonly cart: (customerId: string, options?: AskOptions) => Promise<unknown>
  /** A new order of these products. */
  readonly order: (
    customerId: string,
    productIds: readonly string[],
    options?: AskOptions,
  ) => Promise<{ readonly id: string; readonly lineIds: readonly string[] }>
  /** Takes an order through these states, and answers what it is refused for. */
  readonly go: (id: string, ...statuses: readonly string[]) => Promise<readonly string[]>
  readonly timeline: (customerId: string) => Promise<unknown>
}

export const untilDelivered = ['PENDING', 'CONFIRMED', 'PROCESSING', 'SHIPPED', 'DELIVERED'] as const

/** A gateway with a shop, and what tests do in it. */
export async function openShop(
  options: Pick<TestGatewayOptions, 'background' | 'extensions'> = {},
): Promise<Shop> {
  let present = new Date('2026-03-01T12:00:00Z')
  let products = 0
  const gateway = await createTestGateway({ extensions: [ecommerce], now: () => present, ...options })
  return {
    gateway,
    daysPass: days => void (present = new Date(present.getTime() + days * 86_400_000)),
    customer: (more = {}, asked) => gateway.create('customer', { name: 'Acme', ...more }, asked),
    product: (more = {}) => {
      products += 1
      return gateway.create('product', {
        sku: `SHOP-${products}`,
        name: `Thing ${products}`,
        price: '9.99',
        ...more,
      })
    },
    addItem: (customerId, productId, quantity = 1, asked) =>
      gateway.refusals('ecommerceCartAddItem', { customerId, productId, quantity }, asked),
    fillCart: (customerId, count) =>
      sql`
        insert into ext_ecommerce."CartItem" (id, "cartId", "productId", quantity, "unitPrice", "addedAt")
        select cart.id || number, cart.id, 'prd_' || number, 1, 1, now()
        from ext_ecommerce."Cart" as cart, generate_series(1, ${count}::int) as number where cart."customerId" = ${customerId}`.execute(
        gateway.trellis.database.session.sql,
      ),
    cart: async (id, asked) =>
      valueAt(
        await gateway.data(
          `query ($id: ID!) { customer(id: $id) { ecommerceCart {
            status currency itemCount subtotal items { quantity unitPrice subtotal product { name } } } } }`,
          { id },
          asked,
        ),
        'customer.ecommerceCart',
      ),
    async order(customerId, productIds, asked) {
      const id = await gateway.create(
        'order',
        { customerId, lines: productIds.map(productId => ({ productId })) },
        asked,
      )
      const answer = await gateway.data('query ($id: ID!) { order(id: $id) { lines { id } } }', {
        id,
      })
      const lineIds = productIds.map((_, index) => String(valueAt(answer, `order.lines.${index}.id`)))
      return { id, lineIds }
    },
    async go(id, ...statuses) {
      for (const status of statuses) {
        const refusals = await gateway.refusals('orderTransition', { id, status })
        if (refusals.length > 0) return refusals
      }
      return []
    },
    timeline: async id =>
      valueAt(
        await gateway.data(
          `query ($id: ID!) { customer(id: $id) { timeline(filter: { type: { startsWith: "ecommerce." } }, orderBy: [{ field: ID }]) { nodes { type data } } } }`,
          { id },
        ),
        'customer.timeline.nodes',
      ),
    [Symbol.asyncDispose]: () => gateway[Symbol.asyncDispose](),
  }
}
