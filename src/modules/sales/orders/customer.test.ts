import { createTestGateway, listAt, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { kinds, openShop, type Shop, type Values } from './fixtures/shop.ts'
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

const contact = (customerId: string | null) => gateway.create('contact', { lastName: 'Ng', customerId })
const opportunity = (customerId: string | null) => gateway.create('opportunity', { name: 'Sale', customerId })

describe.each(kinds)('who a $document is for', ({ document }) => {
  const refused = (more: Values) => gateway.refusals(`${document}Create`, { name: 'Boxes', ...more })

  test('is one customer, of whom the contact and the opportunity are, or of none', async () => {
    const { customerId } = shop
    const [stranger, elsewhere] = [await contact(other), await opportunity(other)]
    expect(await refused({ customerId, contactId: stranger })).toEqual(['CONTRADICTION input.contactId'])
    expect(await refused({ customerId, opportunityId: elsewhere })).toEqual([
      'CONTRADICTION input.customerId',
    ])
    expect(await refused({ contactId: await contact(customerId), opportunityId: elsewhere })).toEqual([
      'CONTRADICTION input.contactId',
    ])
    for (const home of [customerId, null])
      expect(
        await refused({ customerId, contactId: await contact(home), opportunityId: await opportunity(home) }),
      ).toEqual([])
  })

  test('stays one as it changes', async () => {
    const { customerId } = shop
    const id = await gateway.create(document, {
      ...{ name: 'Boxes', customerId },
      ...{ contactId: await contact(customerId), opportunityId: await opportunity(customerId) },
    })
    const update = (more: Values) => gateway.refusals(`${document}Update`, { id, ...more })
    expect(await update({ customerId: other })).toEqual(['CONTRADICTION input.customerId'])
    expect(await update({ contactId: await contact(other) })).toEqual(['CONTRADICTION input.contactId'])
    expect(await update({ opportunityId: await opportunity(other) })).toEqual([
      'CONTRADICTION input.opportunityId',
    ])
    expect(await update({ customerId: other, contactId: null, opportunityId: null })).toEqual([])
  })

  test('is not asked again about a contact who went to another customer since', async () => {
    const { customerId } = shop
    const contactId = await contact(customerId)
    const id = await gateway.create(document, { name: 'Boxes', customerId, contactId })
    await gateway.refusals('contactUpdate', { id: contactId, customerId: other })
    expect(await gateway.refusals(`${document}Update`, { id, contactId, description: 'Blue' })).toEqual([])
  })
})

test('a quote is ordered as it was accepted, whose contact went to another customer since', async () => {
  const contactId = await contact(shop.customerId)
  const quoteId = await states.makeIn('quote', 'ACCEPTED', { contactId })
  await gateway.refusals('contactUpdate', { id: contactId, customerId: other })
  const answer = await gateway.data(
    'mutation ($id: ID!) { quoteConvertToOrder(input: { id: $id }) { order { contact { id } } userErrors { code } } }',
    { id: quoteId },
  )
  expect(listAt(answer, 'quoteConvertToOrder.userErrors')).toEqual([])
  expect(valueAt(answer, 'quoteConvertToOrder.order.contact.id')).toBe(contactId)
})
