import { defineExtension, type Extension } from '@trellis/sdk'
import { valueAt } from '@trellis/testing'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { ecommerce } from './index.ts'
import { openShop, untilDelivered } from './testing/open-shop.ts'

/** Somebody who depends on the shop and writes down what it tells. */
function listening(): { readonly told: readonly unknown[]; readonly listener: Extension } {
  const told: unknown[] = []
  const write = ({ type, payload }: { type: string; payload: unknown }) => void told.push([type, payload])
  const types = ['cart-checked-out', 'cart-abandoned', 'review-invited', 'review-created']
  const listener = defineExtension({
    name: 'listener',
    version: '1.0.0',
    typeDefs: '',
    dependsOn: { ecommerce: '^0.1.0' },
    events: Object.fromEntries(types.map(type => [`ecommerce.${type}`, write])),
  })
  return { told, listener }
}

test('others hear of carts that are checked out, of reviews, and once who may review', async () => {
  const { told, listener } = listening()
  await using shop = await openShop({ background: true, extensions: [ecommerce, listener] })
  const { background } = shop.gateway.trellis
  const [customerId, productId] = [await shop.customer(), await shop.product()]
  await shop.addItem(customerId, productId)
  const answer = await shop.gateway.data(
    'mutation ($input: EcommerceCartCheckoutInput!) { done: ecommerceCartCheckout(input: $input) { cart { id } order { id lines { id } } } }',
    { input: { customerId } },
  )
  const id = (path: string) => String(valueAt(answer, `done.${path}`))
  const [cartId, orderId, orderLineId] = [id('cart.id'), id('order.id'), id('order.lines.0.id')]
  expect(await shop.go(orderId, ...untilDelivered.slice(1), 'COMPLETED')).toEqual([])
  await background.settle()
  await shop.gateway.refusals('orderUpdate', { id: orderId, name: 'A chair' })
  expect(
    await shop.gateway.refusals('ecommerceReviewCreate', { orderLineId, rating: 5, title: 'Good' }),
  ).toEqual([])
  await background.settle()
  expect(told).toEqual([
    ['ecommerce.cart-checked-out', { cartId, customerId, orderId }],
    ['ecommerce.review-invited', { customerId, orderId }],
    ['ecommerce.review-created', { reviewId: expect.any(String), productId, customerId, orderId, rating: 5 }],
  ])
  expect(await shop.timeline(customerId)).toMatchObject([
    { type: 'ecommerce.cart_checked_out' },
    { type: 'ecommerce.review_invited', data: { orderId } },
    { type: 'ecommerce.review_created' },
  ])
})

test('carts that nobody has touched for 14 days are given up, and others are not', async () => {
  const { told, listener } = listening()
  // What it does every night, asked for by hand.
  const byHand: Extension = {
    ...ecommerce,
    routes: {
      'POST /expire': async (_, { jobs }) => {
        await jobs.enqueue('expire-carts')
        return { status: 202 }
      },
    },
  }
  await using shop = await openShop({ background: true, extensions: [byHand, listener] })
  const expire = () =>
    shop.gateway.trellis.gateway.fetch(
      new Request('http://localhost/extensions/ecommerce/expire', {
        method: 'POST',
        headers: { authorization: `Bearer ${shop.gateway.keys.administrator}` },
      }),
    )
  const [old, gone, young, productId] = [
    await shop.customer(),
    await shop.customer(),
    await shop.customer(),
    await shop.product(),
  ]
  for (const customerId of [old, gone]) await shop.addItem(customerId, productId)
  await shop.gateway.refusals('customerDelete', { id: gone })
  shop.daysPass(13)
  await shop.addItem(young, productId)
  shop.daysPass(1.5)
  expect((await expire()).status).toBe(202)
  await expect.poll(() => shop.cart(old), { timeout: 20_000 }).toBeNull()
  await shop.gateway.trellis.background.settle()
  expect(told).toEqual([['ecommerce.cart-abandoned', { cartId: expect.any(String), customerId: old }]])
  expect(await shop.timeline(old)).toEqual([
    { type: 'ecommerce.cart_abandoned', data: { cartId: expect.any(String) } },
  ])
  expect(await shop.cart(young)).toMatchObject({ itemCount: 1 })
  const { rows } =
    await sql`select status, count(*)::int as carts from ext_ecommerce."Cart" group by 1 order by 1`.execute(
      shop.gateway.trellis.database.session.sql,
    )
  expect(rows).toEqual([
    { status: 'OPEN', carts: 1 },
    { status: 'ABANDONED', carts: 2 },
  ])
  expect(await shop.addItem(old, productId, 2)).toEqual([])
  expect(await shop.cart(old)).toMatchObject({ itemCount: 2 })
})

test('the night job is scheduled', async () => {
  await using shop = await openShop({ background: true })
  const answer = await shop.gateway.data('{ extensions { jobs { name schedule status } } }')
  expect(valueAt(answer, 'extensions.0.jobs')).toEqual([
    { name: 'expire-carts', schedule: '0 3 * * *', status: 'IDLE' },
  ])
})
