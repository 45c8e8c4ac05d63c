import { codesOf, fieldsAt, textAt, valueAt } from '@trellis/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop, type Shop } from '../testing/open-shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop[Symbol.asyncDispose]())

const agent = { as: 'agent' } as const

describe('a cart', () => {
  test('holds what was put in, at the price of that moment', async () => {
    const [customerId, one, two] = [
      await shop.customer(),
      await shop.product(),
      await shop.product({ price: '0.5' }),
    ]
    expect(await shop.cart(customerId)).toBeNull()
    expect(await shop.addItem(customerId, one, 2)).toEqual([])
    expect(await shop.addItem(customerId, two, 3)).toEqual([])
    await shop.gateway.refusals('productUpdate', { id: two, price: '7' })
    expect(await shop.cart(customerId)).toMatchObject({
      status: 'OPEN',
      currency: 'USD',
      itemCount: 5,
      subtotal: '21.48',
      items: [
        { quantity: 2, unitPrice: '9.99', subtotal: '19.98' },
        { quantity: 3, unitPrice: '0.5', subtotal: '1.5' },
      ],
    })
    expect(await shop.addItem(customerId, two)).toEqual([])
    expect(await shop.cart(customerId)).toMatchObject({
      itemCount: 6,
      items: [{}, { quantity: 4, unitPrice: '7', subtotal: '28' }],
    })
  })

  test('is set right, and emptied', async () => {
    const [customerId, productId] = [await shop.customer(), await shop.product()]
    await shop.addItem(customerId, productId, 5)
    const set = (quantity: number) =>
      shop.gateway.refusals('ecommerceCartSetQuantity', { customerId, productId, quantity })
    expect(await set(2)).toEqual([])
    expect(await shop.cart(customerId)).toMatchObject({ itemCount: 2, subtotal: '19.98' })
    for (const quantity of [0, -1, 1001, 1_000_000_000])
      expect(await set(quantity)).toEqual(['OUT_OF_RANGE input.quantity'])
    const remove = () => shop.gateway.refusals('ecommerceCartRemoveItem', { customerId, productId })
    expect(await remove()).toEqual([])
    expect(await remove()).toEqual(['NOT_FOUND input.productId'])
    expect(await set(2)).toEqual(['NOT_FOUND input.productId'])
    expect(await shop.cart(customerId)).toMatchObject({ itemCount: 0, subtotal: '0', items: [] })
    expect(await shop.gateway.refusals('ecommerceCartCheckout', { customerId })).toEqual([
      'REQUIRED input.customerId',
    ])
  })

  test.each([
    ['nothing', 0, 'OUT_OF_RANGE input.quantity'],
    ['less than nothing', -1, 'OUT_OF_RANGE input.quantity'],
    ['more than the settings say', 1001, 'OUT_OF_RANGE input.quantity'],
    ['a billion', 1_000_000_000, 'OUT_OF_RANGE input.quantity'],
  ])('takes no %s of a product, and is not made for it', async (_, quantity, refusal) => {
    const customerId = await shop.customer()
    expect(await shop.addItem(customerId, await shop.product(), quantity)).toEqual([refusal])
    expect(await shop.cart(customerId)).toBeNull()
  })

  test('takes what is for sale, in one currency, and no more than the settings say', async () => {
    const [customerId, productId] = [await shop.customer(), await shop.product()]
    const euro = await shop.product({ currency: 'EUR' })
    const retired = await shop.product({ isActive: false })
    expect(await shop.addItem(customerId, productId, 1000)).toEqual([])
    expect(await shop.addItem(customerId, productId)).toEqual(['OUT_OF_RANGE input.quantity'])
    expect(await shop.addItem(customerId, euro)).toEqual(['CONTRADICTION input.productId'])
    expect(await shop.addItem(customerId, retired)).toEqual(['INACTIVE input.productId'])
    for (const unknown of ['prd_01k0000000e00800000000zzzz', 'nonsense', customerId])
      expect(await shop.addItem(customerId, unknown)).toEqual(['NOT_FOUND input.productId'])
    for (const unknown of ['cus_01k0000000e00800000000zzzz', 'nonsense', productId])
      expect(await shop.addItem(unknown, productId)).toEqual(['NOT_FOUND input.customerId'])
    await shop.gateway.refusals('ecommerceCartRemoveItem', { customerId, productId })
    expect(await shop.addItem(customerId, euro)).toEqual([])
    expect(await shop.cart(customerId)).toMatchObject({ currency: 'EUR', itemCount: 1 })
  })

  test('is one, though two put in the first thing at once', async () => {
    const customerId = await shop.customer()
    const products = await Promise.all([shop.product(), shop.product(), shop.product()])
    const refusals = await Promise.all(products.map(productId => shop.addItem(customerId, productId)))
    expect(refusals).toEqual([[], [], []])
    expect(await shop.cart(customerId)).toMatchObject({ itemCount: 3 })
  })

  test('takes 100 products', async () => {
    const [customerId, first, another] = [await shop.customer(), await shop.product(), await shop.product()]
    await shop.addItem(customerId, first)
    await shop.fillCart(customerId, 99)
    expect(await shop.addItem(customerId, another)).toEqual(['TOO_LONG input.productId'])
    expect(await shop.addItem(customerId, first)).toEqual([])
    expect(await shop.cart(customerId)).toMatchObject({ itemCount: 101 })
  })
})

describe('checking out', () => {
  const mutation = `mutation ($input: EcommerceCartCheckoutInput!) { done: ecommerceCartCheckout(input: $input) {
    cart { status order { id } customer { name } } order { id status total currency lines { quantity unitPrice product { name } } } userErrors { code message path } } }`

  test('makes an order of the cart, with a line for each product at its price', async () => {
    const customerId = await shop.customer()
    const [one, two] = [
      await shop.product({ name: 'Chair', currency: 'EUR' }),
      await shop.product({ name: 'Lamp', price: '100', currency: 'EUR' }),
    ]
    await shop.addItem(customerId, one, 3)
    await shop.addItem(customerId, two)
    await shop.gateway.refusals('productUpdate', { id: one, price: '1' })
    const answer = await shop.gateway.data(mutation, { input: { customerId } })
    expect(valueAt(answer, 'done')).toEqual({
      cart: {
        status: 'CHECKED_OUT',
        order: { id: textAt(answer, 'done.order.id') },
        customer: { name: 'Acme' },
      },
      order: {
        id: expect.any(String),
        status: 'PENDING',
        total: '129.97',
        currency: 'EUR',
        lines: [
          { quantity: '3', unitPrice: '9.99', product: { name: 'Chair' } },
          { quantity: '1', unitPrice: '100', product: { name: 'Lamp' } },
        ],
      },
      userErrors: [],
    })
    expect(await shop.cart(customerId)).toBeNull()
    expect(await shop.timeline(customerId)).toEqual([
      {
        type: 'ecommerce.cart_checked_out',
        data: { cartId: expect.any(String), orderId: textAt(answer, 'done.order.id') },
      },
    ])
    expect(await shop.gateway.refusals('ecommerceCartCheckout', { customerId })).toEqual([
      'NOT_FOUND input.customerId',
    ])
  })

  test('again under one key is the same order', async () => {
    const customerId = await shop.customer()
    await shop.addItem(customerId, await shop.product())
    const headers = { 'idempotency-key': 'checkout-once' }
    const check = () => shop.gateway.data(mutation, { input: { customerId } }, { headers })
    const first = await check()
    const orders = await shop.gateway.rowsIn('Order')
    expect(await check()).toEqual(first)
    expect(await shop.gateway.rowsIn('Order')).toBe(orders)
  })

  test('of what is not for sale any more leaves the cart as it was, and no order', async () => {
    const [customerId, productId] = [await shop.customer(), await shop.product()]
    await shop.addItem(customerId, productId, 2)
    await shop.gateway.refusals('productUpdate', { id: productId, isActive: false })
    const before = await shop.gateway.rowsIn('Order')
    expect(await shop.gateway.refusals('ecommerceCartCheckout', { customerId })).toEqual([
      'INACTIVE input.customerId',
    ])
    expect(await shop.gateway.rowsIn('Order')).toBe(before)
    expect(await shop.cart(customerId)).toMatchObject({ status: 'OPEN', itemCount: 2 })
  })

  test('as a dry run leaves everything as it was', async () => {
    const customerId = await shop.customer()
    await shop.addItem(customerId, await shop.product())
    const before = [await shop.gateway.rowsIn('Order'), await shop.gateway.rowsIn('OutboxEvent')]
    const dry = mutation.replace('mutation ($input: EcommerceCartCheckoutInput!)', '$& @dryRun')
    const answer = await shop.gateway.data(dry, { input: { customerId } })
    expect(valueAt(answer, 'done.order.total')).toBe('9.99')
    expect([await shop.gateway.rowsIn('Order'), await shop.gateway.rowsIn('OutboxEvent')]).toEqual(before)
    expect(await shop.cart(customerId)).toMatchObject({ status: 'OPEN' })
  })
})

describe('an agent', () => {
  test('shops for own customers, and neither sees nor changes the carts of others', async () => {
    const [theirs, own] = [await shop.customer(), await shop.customer({}, agent)]
    const productId = await shop.product()
    await shop.addItem(theirs, productId)
    expect(await shop.addItem(own, productId, 2, agent)).toEqual([])
    expect(await shop.cart(own, agent)).toMatchObject({ itemCount: 2 })
    const query = 'query ($id: ID!) { ecommerceCart(customerId: $id) { itemCount } }'
    expect(await shop.gateway.data(query, { id: theirs }, agent)).toEqual({ ecommerceCart: null })
    expect(await shop.gateway.data(query, { id: theirs })).toEqual({ ecommerceCart: { itemCount: 1 } })
    const input = { customerId: theirs, productId }
    expect(await shop.addItem(theirs, productId, 1, agent)).toEqual(['NOT_FOUND input.customerId'])
    for (const [mutation, more] of [
      ['ecommerceCartSetQuantity', { ...input, quantity: 9 }],
      ['ecommerceCartRemoveItem', input],
      ['ecommerceCartCheckout', { customerId: theirs }],
    ] as const)
      expect(await shop.gateway.refusals(mutation, more, agent)).toEqual(['NOT_FOUND input.customerId'])
    expect(await shop.cart(theirs)).toMatchObject({ itemCount: 1 })
    expect(await shop.gateway.refusals('ecommerceCartCheckout', { customerId: own }, agent)).toEqual([])
  })
})

test('a hundred customers take as many statements as ten', async () => {
  const productId = await shop.product()
  const items = Array.from({ length: 100 }, (_, index) => ({ externalId: String(index), name: 'Many' }))
  const answer = await shop.gateway.data(
    'mutation ($items: [CustomerUpsertItem!]!) { done: customerBulkUpsert(input: { system: "many", items: $items }) { results { id } } }',
    { items },
  )
  const customerIds = fieldsAt(answer, 'done.results', 'id')
  await sql`
    with cart as (
      insert into ext_ecommerce."Cart" (id, "createdAt", "updatedAt", "customerId", currency)
      select 'cart of ' || id, now(), now(), id, 'USD' from unnest(${customerIds}::text[]) as customer(id) returning id
    ) insert into ext_ecommerce."CartItem" (id, "cartId", "productId", quantity, "unitPrice", "addedAt")
    select 'item of ' || id, id, ${productId}, 2, 1, now() from cart`.execute(
    shop.gateway.trellis.database.session.sql,
  )
  const query =
    'query ($first: Int) { customers(first: $first, filter: { name: { eq: "Many" } }) { nodes { ecommerceCart { subtotal customer { name } order { id } items { quantity product { name ecommerceRating { count } } } } } } }'
  const count = async (first: number) =>
    (await shop.gateway.statementsOf(() => shop.gateway.data(query, { first }))).length
  expect(await count(100)).toBe(await count(10))
})

test('more reviews at once than 100 are refused', async () => {
  const id = await shop.product()
  const codes = async (first: number) =>
    codesOf(
      await shop.gateway.ask(
        'query ($id: ID!, $first: Int!) { product(id: $id) { ecommerceReviews(first: $first) { id } } }',
        { id, first },
      ),
    )
  expect([await codes(0), await codes(1), await codes(100), await codes(101)]).toEqual([
    ['BAD_INPUT'],
    [],
    [],
    ['BAD_INPUT'],
  ])
})
