import { createTestGateway, type TestGateway } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Desk, openDesk } from '../approvals/fixtures/desk.ts'
import { kinds, type Values } from './fixtures/shop.ts'

let gateway: TestGateway
let desk: Desk
let other: string
let present = Date.parse('2026-03-01T12:00:00Z')
beforeAll(async () => {
  gateway = await createTestGateway({ now: () => new Date((present += 1)) })
  desk = await openDesk(gateway)
  other = await gateway.create('customer', { name: 'Other' })
})
afterAll(() => gateway[Symbol.asyncDispose]())

const update = (document: string, id: string, more: Values) =>
  gateway.refusals(`${document}Update`, { id, ...more })

test('an approval is void once the order is for another customer, and stays when nothing changes', async () => {
  const id = await desk.order('100')
  await gateway.refusals('approvalApprove', { id: await desk.ask(id) })
  expect(await update('order', id, { customerId: desk.shop.customerId })).toEqual([])
  expect(await desk.approvalStatus(id)).toBe('APPROVED')
  expect(await update('order', id, { customerId: other })).toEqual([])
  expect(await desk.approvalStatus(id)).toBe('CANCELED')
  expect(await desk.states.move('order', id, 'CONFIRMED')).toEqual(['NOT_APPROVED input.status'])
  await gateway.refusals('approvalApprove', { id: await desk.ask(id) })
  expect(await desk.states.move('order', id, 'CONFIRMED')).toEqual([])
  expect(await update('order', id, { customerId: desk.shop.customerId })).toEqual(['LOCKED input.customerId'])
})

test('an importer who reaches some orders does not confirm one as it goes to another customer', async () => {
  const options = { as: 'agent' } as const
  const customerId = await gateway.create('customer', { name: 'Mine' }, options)
  const item = { externalId: 'moving', customerId, status: 'PENDING' }
  const lines = [{ productId: desk.shop.productId }]
  const { ids } = await desk.shop.upsert('order', [{ ...item, status: 'DRAFT' }], {}, options)
  const [orderId] = ids
  await gateway.create('orderLine', { orderId, ...lines[0] }, options)
  await desk.shop.upsert('order', [item], {}, options)
  const another = await gateway.create('customer', { name: 'Mine too' }, options)
  const { errors } = await desk.shop.upsert(
    'order',
    [{ ...item, customerId: another, status: 'CONFIRMED' }],
    {},
    options,
  )
  expect(errors).toEqual(['CONTRADICTION input.items.0.customerId'])
})

describe.each(kinds)('a $document', ({ document, locked }) => {
  test('is for its customer once others rely on it, except to who imports it', async () => {
    const id = await desk.states.makeIn(document, locked)
    expect(await update(document, id, { customerId: other })).toEqual(['LOCKED input.customerId'])
    expect(await update(document, id, { customerId: desk.shop.customerId, description: 'Blue' })).toEqual([])
    const item = { externalId: `taken ${document}`, name: 'Boxes', status: locked }
    await desk.shop.upsert(document, [{ ...item, customerId: desk.shop.customerId }])
    const { errors } = await desk.shop.upsert(document, [{ ...item, customerId: other }])
    expect(errors).toEqual([])
  })
})

test.each([
  ['order', ['DRAFT', 'CANCELED'], ['PENDING', 'CONFIRMED', 'SHIPPED', 'DELIVERED', 'COMPLETED', 'RETURNED']],
  ['quote', ['DRAFT', 'REJECTED', 'EXPIRED'], ['IN_REVIEW', 'APPROVED', 'SENT', 'ACCEPTED']],
])('a document (%s) is deleted while nobody relies on it', async (document, free, kept) => {
  const refusedIn = async (status: string) =>
    gateway.refusals(`${document}Delete`, { id: await desk.states.makeIn(document, status) })
  for (const status of free) expect([status, await refusedIn(status)]).toEqual([status, []])
  for (const status of kept) expect([status, await refusedIn(status)]).toEqual([status, ['LOCKED input.id']])
})

test.each(['SENT', 'ACCEPTED', 'REJECTED', 'EXPIRED'])(
  'a quote that is %s promises what it did',
  async status => {
    const id = await desk.states.makeIn('quote', status, { terms: 'Net 30' })
    expect(await update('quote', id, { terms: 'Net 10', validUntil: '2027-01-01' })).toEqual([
      'LOCKED input.terms',
      'LOCKED input.validUntil',
    ])
    expect(await update('quote', id, { terms: 'Net 30', name: 'Blue boxes' })).toEqual([])
  },
)

test('a quote that nobody has been sent may promise something else', async () => {
  for (const status of ['DRAFT', 'IN_REVIEW', 'APPROVED']) {
    const id = await desk.states.makeIn('quote', status)
    expect(await update('quote', id, { terms: 'Net 10', validUntil: '2027-01-01' })).toEqual([])
  }
})
