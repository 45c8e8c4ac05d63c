import { createTestGateway, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openShop, type Shop, type Values } from './fixtures/shop.ts'
import { createStates, type States } from './fixtures/states.ts'

let gateway: TestGateway
let shop: Shop
let states: States
let other: string
beforeAll(async () => {
  gateway = await createTestGateway()
  shop = await openShop(gateway)
  states = createStates(gateway, shop)
  other = await gateway.create('customer', { name: 'Other' })
})
afterAll(() => gateway[Symbol.asyncDispose]())

describe('an order by a quote', () => {
  const refused = (quoteId: string, more: Values = {}) =>
    gateway.refusals('orderCreate', { quoteId, ...more })

  test.each(['DRAFT', 'IN_REVIEW', 'APPROVED', 'SENT', 'REJECTED', 'EXPIRED'])(
    'that is %s is refused',
    async status => {
      expect(await refused(await states.makeIn('quote', status))).toEqual([
        'INVALID_TRANSITION input.quoteId',
      ])
    },
  )

  test('is for its customer, in its currency, and stays so', async () => {
    const quoteId = await states.makeIn('quote', 'ACCEPTED')
    expect(await refused(quoteId, { customerId: other })).toEqual(['CONTRADICTION input.customerId'])
    expect(await refused(quoteId, { currency: 'EUR' })).toEqual(['CONTRADICTION input.currency'])
    const id = await gateway.create('order', { quoteId })
    expect(await shop.read('order', id, 'customer { id } currency')).toEqual({
      customer: { id: shop.customerId },
      currency: 'USD',
    })
    expect(await gateway.refusals('orderUpdate', { id, customerId: other })).toEqual([
      'CONTRADICTION input.customerId',
    ])
    const answer = await gateway.data(
      'mutation ($id: ID!) { quoteConvertToOrder(input: { id: $id }) { order { id customer { id } } } }',
      { id: quoteId },
    )
    expect(valueAt(answer, 'quoteConvertToOrder.order')).toEqual({ id, customer: { id: shop.customerId } })
  })

  test('is as another system has it, when it is imported', async () => {
    const quoteId = await states.makeIn('quote', 'DRAFT')
    const item = { externalId: 'imported', quoteId, customerId: other, currency: 'EUR', status: 'DELIVERED' }
    expect((await shop.upsert('order', [item])).errors).toEqual([])
  })
})
