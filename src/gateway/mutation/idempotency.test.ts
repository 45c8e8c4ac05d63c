import {
  type AskOptions,
  codesOf,
  createTestGateway,
  type TestGateway,
  textAt,
  valueAt,
} from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

const query = `mutation Create($name: String!) {
  customerCreate(input: { name: $name, annualRevenue: "1054.50", customFields: { a: [1, "b"] } }) {
    customer { id name version createdAt annualRevenue customFields owner { name } contacts { totalCount } externalReferences { system } }
    userErrors { code path }
  }
}`
const withKey = (key: string, options: AskOptions = {}): AskOptions => ({
  ...options,
  headers: { 'idempotency-key': key },
})
const send = (name: string, key: string, options?: AskOptions) =>
  gateway.ask(query, { name }, withKey(key, options))

test('the same request twice makes one record, and the same answer', async () => {
  const before = await gateway.rowsIn('Customer')
  const [first, second] = [await send('Once', 'once'), await send('Once', 'once')]
  expect(codesOf(first)).toEqual([])
  expect(second).toEqual(first)
  expect(await gateway.rowsIn('Customer')).toBe(before + 1)
})

test('so do five of it at once', async () => {
  const before = await gateway.rowsIn('Customer')
  const [first, ...others] = await Promise.all(
    Array.from({ length: 5 }, () => send('At once', 'at once'.replace(' ', '-'))),
  )
  for (const other of others) expect(other).toEqual(first)
  expect(await gateway.rowsIn('Customer')).toBe(before + 1)
})

test('many requests at once, each sent thrice with a key of its own', async () => {
  const before = await gateway.rowsIn('Customer')
  const names = Array.from({ length: 8 }, (_, index) => `Many ${index}`)
  const answers = await Promise.all(
    [...names, ...names, ...names].map(name => send(name, name.replace(' ', '-'))),
  )
  for (const [index, answer] of answers.entries()) {
    expect(answer).toEqual(answers[index % names.length])
    expect(textAt(answer.data, 'customerCreate.customer.name')).toBe(names[index % names.length])
  }
  expect(await gateway.rowsIn('Customer')).toBe(before + names.length)
})

test('another request with the same key is refused, and changes nothing', async () => {
  await send('One', 'reused')
  const before = await gateway.rowsIn('Customer')
  expect(codesOf(await send('Other', 'reused'))).toEqual(['IDEMPOTENCY_KEY_REUSED'])
  const sameInOtherWords = await gateway.ask(`${query} `, { name: 'One' }, withKey('reused'))
  expect(codesOf(sameInOtherWords)).toEqual(['IDEMPOTENCY_KEY_REUSED'])
  expect(await gateway.rowsIn('Customer')).toBe(before)
})

test('the order of variables makes no other request', async () => {
  const swapped =
    'mutation ($a: String!, $b: String!) { customerCreate(input: { name: $a, industry: $b }) { customer { id } } }'
  const first = await gateway.ask(swapped, { a: 'x', b: 'y' }, withKey('order'))
  expect(await gateway.ask(swapped, { b: 'y', a: 'x' }, withKey('order'))).toEqual(first)
})

test('the keys of one viewer are not those of another', async () => {
  const [one, other] = [await send('Theirs', 'shared'), await send('Theirs', 'shared', { as: 'agent' })]
  expect(codesOf(other)).toEqual([])
  expect(textAt(other.data, 'customerCreate.customer.id')).not.toBe(
    textAt(one.data, 'customerCreate.customer.id'),
  )
  expect(textAt(other.data, 'customerCreate.customer.owner.name')).toBe('Ben Okafor')
})

test('two fields of one operation are remembered apart, also when the first of them is refused', async () => {
  const two = `mutation ($wrong: Int) {
    one: customerCreate(input: { name: "One", employeeCount: $wrong }) { customer { id } userErrors { code } }
    other: customerCreate(input: { name: "Other" }) { customer { id } userErrors { code } }
  }`
  const before = await gateway.rowsIn('IdempotencyRecord')
  const first = await gateway.data(two, {}, withKey('two'))
  expect(textAt(first, 'one.customer.id')).not.toBe(textAt(first, 'other.customer.id'))
  expect(await gateway.rowsIn('IdempotencyRecord')).toBe(before + 2)
  expect(await gateway.data(two, {}, withKey('two'))).toEqual(first)

  const half = await gateway.data(two, { wrong: -1 }, withKey('half'))
  expect(half).toMatchObject({
    one: { customer: null, userErrors: [{ code: 'OUT_OF_RANGE' }] },
    other: { userErrors: [] },
  })
  expect(await gateway.data(two, { wrong: -1 }, withKey('half'))).toEqual(half)
  expect(await gateway.rowsIn('IdempotencyRecord')).toBe(before + 3)
})

test('what was refused may be sent again with the same key, once it can be done', async () => {
  const line =
    'mutation ($sku: String!) { productCreate(input: { sku: $sku, name: "Again", price: "1" }) { product { sku } userErrors { code } } }'
  const holder = await gateway.create('product', { sku: 'AGAIN', name: 'Holder', price: '1' })
  const ask = () => gateway.data(line, { sku: 'AGAIN' }, withKey('again'))
  expect(await ask()).toEqual({ productCreate: { product: null, userErrors: [{ code: 'TAKEN' }] } })
  await gateway.refusals('productUpdate', { id: holder, sku: 'FREED' })
  const done = await ask()
  expect(done).toEqual({ productCreate: { product: { sku: 'AGAIN' }, userErrors: [] } })
  expect(await ask()).toEqual(done)
})

test('an update is done once: the second answer is the first, not a stale version', async () => {
  const id = await gateway.create('customer', { name: 'Update' })
  const update =
    'mutation ($id: ID!) { customerUpdate(input: { id: $id, expectedVersion: 1, name: "Updated" }) { customer { version name } userErrors { code } } }'
  const first = await gateway.data(update, { id }, withKey('update'))
  await gateway.refusals('customerUpdate', { id, name: 'Later' })
  expect(await gateway.data(update, { id }, withKey('update'))).toEqual(first)
})

test("bulk upserts and extensions' mutations are done once, too", async () => {
  const customerId = await gateway.create('customer', { name: 'Loyal' })
  const both = `mutation ($id: ID!) {
    loyaltyAdjust(input: { customerId: $id, points: 5, reason: "gift" }) { adjustment { id points createdAt } customer { loyalty { points } } userErrors { code } }
    productBulkUpsert(input: { system: "keys", items: [{ externalId: "1", sku: "K-1", name: "K", price: "1" }] }) { results { id status } userErrors { code } }
  }`
  const first = await gateway.data(both, { id: customerId }, withKey('both'))
  expect(await gateway.data(both, { id: customerId }, withKey('both'))).toEqual(first)
  expect(first).toMatchObject({
    loyaltyAdjust: { customer: { loyalty: { points: 5 } } },
    productBulkUpsert: { results: [{ status: 'CREATED' }] },
  })
  expect(await gateway.rowsIn('ext_loyalty.LoyaltyAdjustment')).toBe(1)
})

test.each([['has spaces'], ['x'.repeat(201)], ['']])('the key %j is refused', async key => {
  expect(codesOf(await send('Wrong', key))).toEqual(['BAD_INPUT'])
})

test('a query takes no key, and none is kept for it', async () => {
  const before = await gateway.rowsIn('IdempotencyRecord')
  await gateway.data('{ viewer { name } }', {}, withKey('query'))
  expect(await gateway.rowsIn('IdempotencyRecord')).toBe(before)
})

test('a replayed answer shows no references of a record that its viewer has lost', async () => {
  const upsert = `mutation ($input: CustomerBulkUpsertInput!) {
    customerBulkUpsert(input: $input) { userErrors { message } results { id } }
  }`
  const first = await send('Lost', 'lost', { as: 'agent' })
  const id = textAt(first.data, 'customerCreate.customer.id')
  await gateway.data(
    'mutation ($id: ID!, $owner: ID!) { customerUpdate(input: { id: $id, ownerId: $owner }) { customer { id } } }',
    {
      id,
      owner: gateway.userIds.administrator,
    },
  )
  // A reference that came later, as an import makes it.
  await gateway.data(upsert, { input: { system: 'erp', items: [{ externalId: 'other', name: 'Other' }] } })
  await gateway.trellis.database.session.prisma.externalReference.updateMany({ data: { entityId: id } })
  const replayed = await send('Lost', 'lost', { as: 'agent' })
  expect(valueAt(replayed.data, 'customerCreate.customer.externalReferences')).toEqual([])
})
