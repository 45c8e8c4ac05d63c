import { untilWaiting, valueAt } from '@trellis/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop, type Shop, untilDelivered } from '../testing/open-shop.ts'

let shop: Shop
beforeAll(async () => {
  shop = await openShop()
})
afterAll(() => shop[Symbol.asyncDispose]())

const agent = { as: 'agent' } as const
const completed = [...untilDelivered, 'COMPLETED']

const review = (
  orderLineId: string,
  rating = 5,
  more: Readonly<Record<string, unknown>> = {},
  options = {},
) => shop.gateway.refusals('ecommerceReviewCreate', { orderLineId, rating, title: 'Fine', ...more }, options)

/** The lines of a completed order of these products. */
async function ordered(customerId: string, productIds: readonly string[], options = {}) {
  const { id, lineIds } = await shop.order(customerId, productIds, options)
  expect(await shop.go(id, ...completed)).toEqual([])
  return { id, lineIds }
}

test('a customer says what it thinks of what it ordered, once of each line', async () => {
  const [customerId, chair, lamp] = [
    await shop.customer(),
    await shop.product({ name: 'Chair' }),
    await shop.product(),
  ]
  const { id, lineIds } = await ordered(customerId, [chair, lamp])
  expect(await review(String(lineIds[0]), 4, { title: 'Stands', body: 'On four legs.' })).toEqual([])
  expect(await review(String(lineIds[0]))).toEqual(['TAKEN input.orderLineId'])
  expect(await review(String(lineIds[1]), 1)).toEqual([])
  const answer = await shop.gateway.data(
    `query ($id: ID!, $chair: ID!) {
      order(id: $id) { ecommerceReviews { rating } }
      product(id: $chair) { ecommerceReviews(first: 1) { rating title body createdAt customer { name } product { name } order { id } } }
    }`,
    { id, chair },
  )
  expect(valueAt(answer, 'product.ecommerceReviews')).toEqual([
    {
      ...{ rating: 4, title: 'Stands', body: 'On four legs.', createdAt: '2026-03-01T12:00:00.000Z' },
      ...{ customer: { name: 'Acme' }, product: { name: 'Chair' }, order: { id } },
    },
  ])
  expect(valueAt(answer, 'order.ecommerceReviews')).toHaveLength(2)
  expect(await shop.timeline(customerId)).toEqual([
    { type: 'ecommerce.review_created', data: { reviewId: expect.any(String), productId: chair } },
    { type: 'ecommerce.review_created', data: { reviewId: expect.any(String), productId: lamp } },
  ])
})

test('two who say it of one line at once are one review', async () => {
  const {
    lineIds: [line],
  } = await ordered(await shop.customer(), [await shop.product()])
  const refusals = await Promise.all([review(String(line)), review(String(line)), review(String(line))])
  expect(refusals.flat()).toEqual(['TAKEN input.orderLineId', 'TAKEN input.orderLineId'])
})

test('a review of a customer that is becoming one with another goes with it', async () => {
  const [stays, one, product] = [await shop.customer(), await shop.customer(), await shop.product()]
  const { lineIds } = await ordered(one, [product])
  await shop.addItem(stays, product)
  const other = await shop.gateway.trellis.database.begin()
  await sql`select from ext_ecommerce."Cart" where "customerId" = ${stays} for update`.execute(
    other.session.sql,
  )
  const merged = shop.gateway.refusals('customerMerge', { id: stays, mergedIds: [one] })
  await untilWaiting(1, shop.gateway)
  const reviewed = review(String(lineIds[0]))
  await untilWaiting(2, shop.gateway)
  await other.commit()
  expect(await Promise.all([merged, reviewed])).toEqual([[], []])
  const answer = await shop.gateway.data(
    'query ($id: ID!) { product(id: $id) { ecommerceReviews { customer { id } } } }',
    { id: product },
  )
  expect(valueAt(answer, 'product.ecommerceReviews')).toEqual([{ customer: { id: stays } }])
})

test('an order that is not completed is not reviewed, nor one that was long ago', async () => {
  const { id, lineIds } = await shop.order(await shop.customer(), [await shop.product()])
  for (const status of completed) {
    expect(await review(String(lineIds[0]))).toEqual(['NOT_COMPLETED input.orderLineId'])
    await shop.go(id, status)
  }
  shop.daysPass(91)
  expect(await review(String(lineIds[0]))).toEqual(['REVIEW_TOO_LATE input.orderLineId'])
  shop.daysPass(-1)
  expect(await review(String(lineIds[0]))).toEqual([])
})

test.each([
  ['no rating', 0, {}, 'OUT_OF_RANGE input.rating'],
  ['six of five', 6, {}, 'OUT_OF_RANGE input.rating'],
  ['a blank title', 5, { title: ' ' }, 'REQUIRED input.title'],
  ['a long title', 5, { title: 'x'.repeat(201) }, 'TOO_LONG input.title'],
  ['a long body', 5, { body: 'x'.repeat(5001) }, 'TOO_LONG input.body'],
])('%s is refused, and nothing is kept', async (_, rating, more, refusal) => {
  const {
    lineIds: [line],
  } = await ordered(await shop.customer(), [await shop.product()])
  const before = await shop.gateway.rowsIn('ext_ecommerce.Review')
  expect(await review(String(line), rating, more)).toEqual([refusal])
  expect(await shop.gateway.rowsIn('ext_ecommerce.Review')).toBe(before)
})

test('a line that there is not, or that is not a line, is refused', async () => {
  const product = await shop.product()
  for (const id of ['orl_01k0000000e00800000000zzzz', 'nonsense', product])
    expect(await review(id)).toEqual(['NOT_FOUND input.orderLineId'])
})

test('what a customer ordered who was deleted is not reviewed', async () => {
  const customerId = await shop.customer()
  const {
    lineIds: [line],
  } = await ordered(customerId, [await shop.product()])
  expect(await shop.gateway.refusals('customerDelete', { id: customerId })).toEqual([])
  expect(await review(String(line))).toEqual(['NOT_FOUND input.orderLineId'])
})

describe('an agent', () => {
  const query =
    'query ($id: ID!) { product(id: $id) { ecommerceRating { average count } ecommerceReviews { rating } } }'

  test('sees and keeps reviews of own customers, and no others, in means as in lists', async () => {
    const product = await shop.product()
    const [theirs, own] = [await shop.customer(), await shop.customer({}, agent)]
    const foreign = await ordered(theirs, [product])
    const line = await ordered(own, [product], agent)
    expect(await review(String(foreign.lineIds[0]), 2)).toEqual([])
    expect(await review(String(line.lineIds[0]), 5, {}, agent)).toEqual([])
    expect(await review(String(foreign.lineIds[0]), 1, {}, agent)).toEqual(['NOT_FOUND input.orderLineId'])
    expect(await shop.gateway.data(query, { id: product }, agent)).toEqual({
      product: { ecommerceRating: { average: '5', count: 1 }, ecommerceReviews: [{ rating: 5 }] },
    })
    expect(valueAt(await shop.gateway.data(query, { id: product }), 'product.ecommerceRating')).toEqual({
      average: '3.5',
      count: 2,
    })
  })

  test('finds no rating where all there are are of others', async () => {
    const product = await shop.product()
    const { lineIds } = await ordered(await shop.customer(), [product])
    await review(String(lineIds[0]))
    expect(await shop.gateway.data(query, { id: product }, agent)).toEqual({
      product: { ecommerceRating: null, ecommerceReviews: [] },
    })
  })
})

test('a hundred orders take as many statements as ten', async () => {
  const [customerId, productId] = [await shop.customer(), await shop.product()]
  const { id, lineIds } = await ordered(customerId, [productId])
  await review(String(lineIds[0]))
  const orders = Array.from({ length: 100 }, () => ({ customerId, lines: [{ productId }] }))
  await shop.gateway.data(
    'mutation ($items: [OrderCreateInput!]!) { orderBulkCreate(input: { items: $items }) { results { id } userErrors { code } } }',
    { items: orders },
  )
  const query = `query ($first: Int) {
    orders(first: $first) { nodes { id ecommerceReviews { rating product { name ecommerceRating { average } } customer { name } } } }
    products(first: $first) { nodes { ecommerceRating { count } ecommerceReviews { title order { number } } } } }`
  const count = async (first: number) =>
    (await shop.gateway.statementsOf(() => shop.gateway.data(query, { first }))).length
  expect(id).not.toBe('')
  expect(await count(100)).toBe(await count(10))
})

test('reviews go with a customer that becomes one with another', async () => {
  const [stays, other, product] = [
    await shop.customer({ name: 'Stays' }),
    await shop.customer(),
    await shop.product(),
  ]
  const { lineIds } = await ordered(other, [product])
  await review(String(lineIds[0]), 3)
  expect(await shop.gateway.refusals('customerMerge', { id: stays, mergedIds: [other] })).toEqual([])
  expect(
    await shop.gateway.data(
      'query ($id: ID!) { product(id: $id) { ecommerceReviews { rating customer { id name } } } }',
      { id: product },
    ),
  ).toEqual({ product: { ecommerceReviews: [{ rating: 3, customer: { id: stays, name: 'Stays' } }] } })
})
