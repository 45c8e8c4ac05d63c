import { codesOf, createTestGateway, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

test.each([
  ['1054.50', '1054.5'],
  ['0', '0'],
  ['0.0001', '0.0001'],
  ['99999999999999.9999', '99999999999999.9999'],
  ['10000000000000', '10000000000000'],
  ['12345678901234.5678', '12345678901234.5678'],
])('the decimal %s comes back with the digits it went in with, created and updated', async (given, back) => {
  const id = await gateway.create('customer', { name: given, annualRevenue: given })
  const revenue = async () =>
    valueAt(
      await gateway.data('query ($id: ID!) { customer(id: $id) { annualRevenue } }', { id }),
      'customer.annualRevenue',
    )
  expect(await revenue()).toBe(back)
  await gateway.refusals('customerUpdate', { id, annualRevenue: '1' })
  await gateway.refusals('customerUpdate', { id, annualRevenue: given })
  expect(await revenue()).toBe(back)
})

test('a decimal in the document is read by its digits', async () => {
  const answer = await gateway.data(
    'mutation { customerCreate(input: { name: "Digits", annualRevenue: 12345678901234.5678 }) { customer { annualRevenue } } }',
  )
  expect(valueAt(answer, 'customerCreate.customer.annualRevenue')).toBe('12345678901234.5678')
})

test.each([
  [1054.5, '1054.5'],
  [12345678901.2345, '12345678901.2345'],
  [0.0001, '0.0001'],
])('the number %d is kept with all of its digits', async (annualRevenue, back) => {
  const id = await gateway.create('customer', { name: 'Number', annualRevenue })
  const answer = await gateway.data('query ($id: ID!) { customer(id: $id) { annualRevenue } }', { id })
  expect(valueAt(answer, 'customer.annualRevenue')).toBe(back)
})

test.each([[Number('12345678901234.5678')], [Number('123456789012.3456')]])(
  'the number %d has more digits than numbers keep, and is to be sent as text',
  async annualRevenue => {
    const { errors } = await gateway.ask(
      'mutation ($input: CustomerCreateInput!) { customerCreate(input: $input) { customer { id } } }',
      { input: { name: 'Wrong', annualRevenue } },
    )
    expect(errors).toMatchObject([
      { message: expect.stringContaining('send it as text'), extensions: { code: 'BAD_INPUT' } },
    ])
  },
)

test.each([['1e3'], ['1,5'], ['0.00001'], ['100000000000000'], ['NaN'], [''], ['0x10'], [true]])(
  '%j is no decimal',
  async annualRevenue => {
    const answer = await gateway.ask(
      'mutation ($input: CustomerCreateInput!) { customerCreate(input: $input) { customer { id } } }',
      { input: { name: 'Wrong', annualRevenue } },
    )
    expect(codesOf(answer)).toEqual(['BAD_INPUT'])
  },
)

test.each([
  ['birthDate', '2026-02-30'],
  ['birthDate', '2026-13-01'],
  ['birthDate', '01.03.2026'],
  ['birthDate', '2026-03-01T00:00:00Z'],
  ['birthDate', '0000-01-01'],
  ['birthDate', ''],
])('%s %j is no date', async (field, value) => {
  const answer = await gateway.ask(
    'mutation ($input: ContactCreateInput!) { contactCreate(input: $input) { contact { id } userErrors { code } } }',
    { input: { lastName: 'Wrong', [field]: value } },
  )
  expect(codesOf(answer)).toEqual(['BAD_INPUT'])
})

test.each([
  ['2026-02-30T00:00:00Z'],
  ['2026-03-01'],
  ['2026-03-01T25:00:00Z'],
  ['0000-01-01T00:00:00Z'],
  ['2026-03-01T00:00:00'],
  ['2016-12-31T23:59:60Z'],
])('%j is no instant', async closedAt => {
  const answer = await gateway.ask(
    'mutation ($input: OpportunityCreateInput!) { opportunityCreate(input: $input) { opportunity { id } userErrors { code } } }',
    { input: { name: 'Wrong', closedAt } },
  )
  expect(codesOf(answer)).toEqual(['BAD_INPUT'])
})

test('a sku that is taken is refused by name, also by one that was deleted', async () => {
  const product = { sku: 'GTX-1', name: 'GTX', price: '1' }
  const id = await gateway.create('product', product)
  expect(await gateway.refusals('productCreate', product)).toEqual(['TAKEN input.sku'])
  await gateway.refusals('productDelete', { id })
  expect(await gateway.refusals('productCreate', product)).toEqual(['TAKEN input.sku'])
  const other = await gateway.create('product', { ...product, sku: 'GTX-2' })
  expect(await gateway.refusals('productUpdate', { id: other, sku: 'GTX-1' })).toEqual(['TAKEN input.sku'])
  expect(await gateway.refusals('productUpdate', { id: other, sku: 'GTX-2' })).toEqual([])
})

test("a sku that two take at once is one of them's", async () => {
  const take = () => gateway.refusals('productCreate', { sku: 'RACE', name: 'Race', price: '1' })
  const refusals = await Promise.all([take(), take(), take()])
  expect(refusals.filter(refused => refused.length === 0)).toHaveLength(1)
  expect(refusals.flat().every(refusal => refusal.startsWith('TAKEN input'))).toBe(true)
})

test('of concurrent updates from one version exactly one wins', async () => {
  const id = await gateway.create('customer', { name: 'Race' })
  for (let expectedVersion = 1; expectedVersion < 8; expectedVersion += 1) {
    const attempts = Array.from({ length: 4 }, (_, index) =>
      gateway.refusals('customerUpdate', { id, expectedVersion, name: `Race ${index}` }),
    )
    const refusals = (await Promise.all(attempts)).filter(refused => refused.length > 0)
    expect(refusals).toEqual(Array.from({ length: 3 }, () => ['STALE_VERSION input.expectedVersion']))
  }
})

test('concurrent updates of different fields lose nothing', async () => {
  const id = await gateway.create('customer', { name: 'Both' })
  await Promise.all([
    gateway.refusals('customerUpdate', { id, phone: '1' }),
    gateway.refusals('customerUpdate', { id, industry: 'retail' }),
  ])
  const answer = await gateway.data('query ($id: ID!) { customer(id: $id) { phone industry version } }', {
    id,
  })
  expect(answer).toEqual({ customer: { phone: '1', industry: 'retail', version: 3 } })
})

test('null clears a field, and what is left out stays', async () => {
  const id = await gateway.create('customer', { name: 'Clear', phone: '1', industry: 'retail' })
  await gateway.refusals('customerUpdate', { id, phone: null })
  const answer = await gateway.data('query ($id: ID!) { customer(id: $id) { name phone industry } }', { id })
  expect(answer).toEqual({ customer: { name: 'Clear', phone: null, industry: 'retail' } })
  expect(await gateway.refusals('customerUpdate', { id, name: null })).toEqual(['REQUIRED input.name'])
})

test('a reference to what was deleted is refused, one that was there before stays', async () => {
  const customerId = await gateway.create('customer', { name: 'Gone' })
  const id = await gateway.create('contact', { lastName: 'Stays', customerId })
  await gateway.refusals('customerDelete', { id: customerId })
  expect(await gateway.refusals('contactCreate', { lastName: 'Late', customerId })).toEqual([
    'NOT_FOUND input.customerId',
  ])
  expect(await gateway.refusals('contactUpdate', { id, customerId, title: 'CEO' })).toEqual([])
})

test('a string with NUL is refused, in the document and in variables', async () => {
  const inline = await gateway.ask(
    String.raw`mutation { customerCreate(input: { name: "a\u0000b" }) { customer { id } } }`,
  )
  const variable = await gateway.ask(
    'mutation ($name: String!) { customerCreate(input: { name: $name }) { customer { id } } }',
    { name: 'a\0b' },
  )
  const nested = await gateway.ask(
    'mutation ($fields: JSON!) { customerCreate(input: { name: "x", customFields: $fields }) { customer { id } } }',
    { fields: { a: ['b\0'] } },
  )
  const key = await gateway.ask(
    'mutation ($fields: JSON!) { customerCreate(input: { name: "x", customFields: $fields }) { customer { id } } }',
    { fields: { 'a\0': 1 } },
  )
  expect([inline, variable, nested, key].map(codesOf)).toEqual([
    ['BAD_INPUT'],
    ['BAD_INPUT'],
    ['BAD_INPUT'],
    ['BAD_INPUT'],
  ])
})

test('an input with a field that nobody knows is refused', async () => {
  const answer = await gateway.ask(
    'mutation ($input: CustomerCreateInput!) { customerCreate(input: $input) { customer { id } } }',
    { input: { name: 'x', id: 'cus_1' } },
  )
  expect(codesOf(answer)).toEqual(['BAD_INPUT'])
})
