import { createTestGateway, fieldsAt, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

/** The fields that each update of a record is told to have changed. */
async function toldOf(entity: 'customer' | 'contact' | 'order', id: string): Promise<readonly unknown[]> {
  const answer = await gateway.data(
    `query ($id: ID!) { ${entity}(id: $id) { timeline(filter: { type: { endsWith: ".updated" } }, orderBy: [{ field: ID }]) { nodes { data } } } }`,
    { id },
  )
  return fieldsAt(answer, `${entity}.timeline.nodes`, 'data').map(data => valueAt(data, 'fields'))
}

const customFields = { size: 'L', nested: { b: [1, 2], a: null } }
const values = {
  name: 'Harbor Foods',
  annualRevenue: '1054.50',
  employeeCount: 12,
  website: null,
  customFields,
}

test('an update that changes nothing is no event', async () => {
  const id = await gateway.create('customer', values)
  const contact = await gateway.create('contact', { lastName: 'Ng', birthDate: '1990-02-01' })
  for (const same of [
    values,
    { annualRevenue: '01054.5000' },
    { customFields: { nested: { a: null, b: [1, 2] }, size: 'L' } },
    {},
  ])
    expect(await gateway.refusals('customerUpdate', { id, ...same })).toEqual([])
  expect(await gateway.refusals('contactUpdate', { id: contact, birthDate: '1990-02-01' })).toEqual([])
  expect(await toldOf('customer', id)).toEqual([])
  expect(await toldOf('contact', contact)).toEqual([])
})

test.each([
  [{ ...values, name: 'Harbour Foods' }, ['name']],
  [{ ...values, annualRevenue: '1054.51', employeeCount: 13 }, ['annualRevenue', 'employeeCount']],
  [{ ...values, annualRevenue: null }, ['annualRevenue']],
  [{ ...values, website: 'https://harbor.example' }, ['website']],
  [{ ...values, customFields: { ...customFields, size: 'l' } }, ['customFields']],
])('an update names the fields that it changed, not those that were sent: %j', async (sent, fields) => {
  const id = await gateway.create('customer', values)
  expect(await gateway.refusals('customerUpdate', { id, ...sent })).toEqual([])
  expect(await toldOf('customer', id)).toEqual([fields])
})

test('text is compared as it is, whatever number it looks like', async () => {
  const id = await gateway.create('customer', { name: '1.0' })
  await gateway.refusals('customerUpdate', { id, name: '1.00' })
  expect(await toldOf('customer', id)).toEqual([['name']])
})

test('instants are compared by when they are', async () => {
  const customerId = await gateway.create('customer', { name: 'Buyer' })
  const id = await gateway.create('order', { customerId, orderedAt: '2026-02-01T09:00:00Z' })
  await gateway.refusals('orderUpdate', { id, orderedAt: '2026-02-01T10:00:00+01:00' })
  expect(await toldOf('order', id)).toEqual([])
  await gateway.refusals('orderUpdate', { id, orderedAt: '2026-02-01T10:00:00Z' })
  expect(await toldOf('order', id)).toEqual([['orderedAt']])
})

test('of many records, those that changed are told of', async () => {
  const ids = await Promise.all(
    ['same', 'other'].map(lastName => gateway.create('contact', { lastName, birthDate: '1990-02-01' })),
  )
  await gateway.data(
    'mutation ($items: [ContactUpdateInput!]!) { contactBulkUpdate(input: { items: $items }) { results { id } } }',
    { items: ids.map(id => ({ id, lastName: 'other', birthDate: '1990-02-01' })) },
  )
  expect(await Promise.all(ids.map(id => toldOf('contact', id)))).toEqual([[['lastName']], []])
})
