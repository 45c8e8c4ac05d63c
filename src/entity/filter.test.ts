import { codesOf, createTestGateway, fieldsAt, type TestGateway } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let gateway: TestGateway
let acme: string
beforeAll(async () => {
  gateway = await createTestGateway()
  acme = await gateway.create('customer', {
    name: 'Acme',
    rating: 'HOT',
    foundedYear: 1999,
    annualRevenue: '1054.5',
    doNotContact: true,
    industry: 'retail_%',
  })
  const boxes = await gateway.create('customer', {
    name: 'Boxes',
    rating: 'COLD',
    foundedYear: 2010,
    annualRevenue: '99999999999999.9999',
    parentId: acme,
    industry: 'Retail',
  })
  await gateway.create('customer', { name: 'Crates', type: 'PARTNER' })
  await gateway.create('contact', { lastName: 'Ann', customerId: acme, birthDate: '1969-12-31' })
  await gateway.create('contact', {
    lastName: 'Bob',
    customerId: acme,
    birthDate: '2000-02-29',
    doNotCall: true,
  })
  await gateway.create('contact', { lastName: 'Cem', customerId: boxes })
  const lost = await gateway.create('contact', { lastName: 'Dee', customerId: boxes, doNotCall: true })
  await gateway.refusals('contactDelete', { id: lost })
})
afterAll(() => gateway[Symbol.asyncDispose]())

async function names(filter: Readonly<Record<string, unknown>>): Promise<readonly unknown[]> {
  const query =
    'query ($filter: CustomerFilter) { customers(filter: $filter, orderBy: { field: NAME }) { totalCount nodes { name } } }'
  const answer = await gateway.data(query, { filter })
  return fieldsAt(answer, 'customers.nodes', 'name')
}
async function people(filter: Readonly<Record<string, unknown>>): Promise<readonly unknown[]> {
  const query =
    'query ($filter: ContactFilter) { contacts(filter: $filter, orderBy: { field: LAST_NAME }) { nodes { lastName } } }'
  return fieldsAt(await gateway.data(query, { filter }), 'contacts.nodes', 'lastName')
}

const [A, B, C] = ['Acme', 'Boxes', 'Crates']

test.each([
  ['text: eq', { name: { eq: 'Acme' } }, [A]],
  ['text: eq is to the letter', { name: { eq: 'acme' } }, []],
  ['text: ne holds for those without a value', { industry: { ne: 'Retail' } }, [A, C]],
  ['text: in', { name: { in: ['Boxes', 'Acme', 'Nobody'] } }, [A, B]],
  ['text: in nothing', { name: { in: [] } }, []],
  ['text: notIn holds for those without a value', { industry: { notIn: ['Retail'] } }, [A, C]],
  ['text: notIn nothing', { name: { notIn: [] } }, [A, B, C]],
  ['text: lt and gte', { name: { gte: 'B', lt: 'C' } }, [B]],
  ['text: lte and gt', { name: { gt: 'Acme', lte: 'Boxes' } }, [B]],
  ['text: contains, in any case', { industry: { contains: 'ETAI' } }, [A, B]],
  ['text: contains "%", which means itself', { industry: { contains: '%' } }, [A]],
  ['text: endsWith "_%", which means itself', { industry: { endsWith: '_%' } }, [A]],
  ['text: startsWith, in any case', { name: { startsWith: 'bo' } }, [B]],
  ['text: isNull', { industry: { isNull: true } }, [C]],
  ['text: not isNull', { industry: { isNull: false } }, [A, B]],
  ['enum: eq', { rating: { eq: 'HOT' } }, [A]],
  ['enum: ne', { rating: { ne: 'HOT' } }, [B, C]],
  ['enum: in', { rating: { in: ['HOT', 'COLD'] } }, [A, B]],
  ['enum: notIn', { type: { notIn: ['PARTNER'] } }, [A, B]],
  ['enum: isNull', { rating: { isNull: true } }, [C]],
  ['whole number: eq', { foundedYear: { eq: 1999 } }, [A]],
  ['whole number: ne', { foundedYear: { ne: 1999 } }, [B, C]],
  ['whole number: in', { foundedYear: { in: [1999, 2010] } }, [A, B]],
  ['whole number: notIn', { foundedYear: { notIn: [1999] } }, [B, C]],
  ['whole number: a range', { foundedYear: { gt: 1999, lte: 2010 } }, [B]],
  ['whole number: isNull', { foundedYear: { isNull: true } }, [C]],
  ['decimal: eq, however it is spelt', { annualRevenue: { eq: '1054.5000' } }, [A]],
  ['decimal: eq, to 18 digits', { annualRevenue: { eq: '99999999999999.9999' } }, [B]],
  ['decimal: gt', { annualRevenue: { gt: '99999999999999.9998' } }, [B]],
  ['decimal: lte', { annualRevenue: { lte: '1054.5' } }, [A]],
  ['decimal: in', { annualRevenue: { in: ['1054.5', '7'] } }, [A]],
  ['decimal: ne', { annualRevenue: { ne: '1054.5' } }, [B, C]],
  ['truth: eq', { doNotContact: { eq: true } }, [A]],
  ['truth: ne', { doNotContact: { ne: true } }, [B, C]],
  ['truth: isNull', { doNotContact: { isNull: true } }, []],
  ['instant: gte', { createdAt: { gte: '2026-03-01T20:00:00+08:00' } }, [A, B, C]],
  ['instant: lt', { createdAt: { lt: '2026-03-01T12:00:00Z' } }, []],
  ['instant: eq', { createdAt: { eq: '2026-03-01T12:00:00.000Z' } }, [A, B, C]],
  ['instant: in', { createdAt: { in: ['2026-03-01T08:30:00-03:30'] } }, [A, B, C]],
  ['instant: ne', { createdAt: { ne: '2026-03-01T12:00:00.001Z' } }, [A, B, C]],
  ['and', { and: [{ foundedYear: { gt: 1 } }, { rating: { eq: 'COLD' } }] }, [B]],
  ['and of nothing', { and: [] }, [A, B, C]],
  ['or', { or: [{ name: { eq: 'Acme' } }, { rating: { isNull: true } }] }, [A, C]],
  ['or of nothing', { or: [] }, []],
  ['not holds where nothing is known', { not: { foundedYear: { gt: 2000 } } }, [A, C]],
  ['not of not', { not: { not: { name: { eq: 'Acme' } } } }, [A]],
  ['all of several fields', { name: { startsWith: 'A' }, rating: { eq: 'COLD' } }, []],
  ['to-one relation', { parent: { name: { eq: 'Acme' } } }, [B]],
  ['to-one relation that is there', { parent: {} }, [B]],
  ['to-one relation by its id', { parentId: { isNull: true } }, [A, C]],
  ['not of a to-one relation', { not: { parent: { name: { eq: 'Acme' } } } }, [A, C]],
  ['some', { contacts: { some: { doNotCall: { eq: true } } } }, [A]],
  ['some of any', { contacts: { some: {} } }, [A, B]],
  ['none', { contacts: { none: { doNotCall: { eq: true } } } }, [B, C]],
  ['none of any', { contacts: { none: {} } }, [C]],
  ['every, also of none at all', { contacts: { every: { doNotCall: { eq: false } } } }, [B, C]],
  [
    'every is not held by a missing value',
    { contacts: { every: { birthDate: { lt: '2020-01-01' } } } },
    [A, C],
  ],
  [
    'some and none together',
    { contacts: { some: { lastName: { eq: 'Ann' } }, none: { lastName: { eq: 'Zoe' } } } },
    [A],
  ],
  [
    'relations of relations',
    { children: { some: { contacts: { some: { customer: { parent: { name: { eq: 'Acme' } } } } } } } },
    [A],
  ],
])('%s', async (_, filter, expected) => {
  expect(await names(filter)).toEqual(expected)
})

test.each([
  ['date: eq', { birthDate: { eq: '2000-02-29' } }, ['Bob']],
  ['date: ne', { birthDate: { ne: '2000-02-29' } }, ['Ann', 'Cem']],
  ['date: in', { birthDate: { in: ['1969-12-31'] } }, ['Ann']],
  ['date: notIn', { birthDate: { notIn: ['1969-12-31'] } }, ['Bob', 'Cem']],
  ['date: a range', { birthDate: { gt: '1969-12-31', lte: '2000-02-29' } }, ['Bob']],
  ['date: lt and gte', { birthDate: { gte: '1969-12-31', lt: '2000-02-29' } }, ['Ann']],
  ['date: isNull', { birthDate: { isNull: true } }, ['Cem']],
])('%s', async (_, filter, expected) => {
  expect(await people(filter)).toEqual(expected)
})

test('ids: eq, ne, in, notIn and isNull', async () => {
  expect(await people({ customerId: { eq: acme } })).toEqual(['Ann', 'Bob'])
  expect(await people({ customerId: { ne: acme } })).toEqual(['Cem'])
  expect(await people({ customerId: { in: [acme] } })).toEqual(['Ann', 'Bob'])
  expect(await people({ customerId: { notIn: [acme] } })).toEqual(['Cem'])
  expect(await people({ customerId: { isNull: true } })).toEqual([])
})

test('page, count and figures are of the same records', async () => {
  const answer = await gateway.data(
    '{ customers(filter: { rating: { isNull: false } }, search: "e", first: 1) { totalCount nodes { name } aggregate { count } } }',
  )
  expect(answer).toMatchObject({ customers: { totalCount: 2, aggregate: [{ count: 2 }] } })
})

describe('refused are', () => {
  const codes = async (filter: unknown) =>
    codesOf(
      await gateway.ask('query ($filter: CustomerFilter) { customers(filter: $filter) { totalCount } }', {
        filter,
      }),
    )
  const nested = (depth: number): unknown =>
    depth === 0 ? { name: { eq: 'x' } } : { not: nested(depth - 1) }
  const times = (count: number, condition: unknown) => Array.from({ length: count }, () => condition)

  test.each([
    ['an operator that looks for null', { name: { eq: null } }, 'BAD_INPUT'],
    ['more than 1,000 values', { name: { in: Array.from({ length: 1001 }, String) } }, 'BAD_INPUT'],
    ['a field whose filter is null', { name: null }, 'BAD_INPUT'],
    ['a relation whose filter is null', { parent: null }, 'BAD_INPUT'],
    ['a list whose filter is null', { contacts: null }, 'BAD_INPUT'],
    ['a quantifier that is null', { contacts: { some: null } }, 'BAD_INPUT'],
    ['and that is null', { and: null }, 'BAD_INPUT'],
    ['or that is null', { or: null }, 'BAD_INPUT'],
    ['not that is null', { not: null }, 'BAD_INPUT'],
    ['a null deep inside', { or: [{ not: { contacts: { none: { lastName: null } } } }] }, 'BAD_INPUT'],
    ['20,000 alternatives', { or: times(20_000, { name: { eq: 'x' } }) }, 'BAD_INPUT'],
    ['101 alternatives of a condition each', { or: times(101, { name: { eq: 'x' } }) }, 'BAD_INPUT'],
    ['201 alternatives without a condition', { or: times(201, {}) }, 'BAD_INPUT'],
    ['as many in what is denied', { not: { or: times(101, { name: { eq: 'x' } }) } }, 'BAD_INPUT'],
    ['21 relations', { and: times(21, { contacts: { some: {} } }) }, 'BAD_INPUT'],
    ['more than ten levels', nested(11), 'BAD_INPUT'],
    ['an unknown field', { shoeSize: { eq: 1 } }, 'BAD_INPUT'],
    ['an unknown operator', { name: { like: 'x' } }, 'BAD_INPUT'],
    ['a value of another type', { foundedYear: { eq: 'x' } }, 'BAD_INPUT'],
    ['a value that is no enum value', { rating: { eq: 'LUKEWARM' } }, 'BAD_INPUT'],
    ['a decimal of 15 digits before the point', { annualRevenue: { eq: '100000000000000' } }, 'BAD_INPUT'],
    ['a day that there is not', { createdAt: { eq: '2026-02-30T00:00:00Z' } }, 'BAD_INPUT'],
    ['NUL in a text', { name: { contains: 'a\0b' } }, 'BAD_INPUT'],
  ])('%s', async (_, filter, code) => {
    expect(await codes(filter)).toEqual([code])
  })

  test('too many conditions by their number and the limit, before any statement', async () => {
    let answer
    const statements = await gateway.statementsOf(async () => {
      answer = await gateway.ask(
        'query ($filter: CustomerFilter) { customers(filter: $filter) { totalCount } }',
        { filter: { and: times(3_000, { contacts: { some: { doNotCall: { eq: true } } } }) } },
      )
    })
    expect(answer).toMatchObject({
      errors: [{ message: expect.stringContaining('has 12000 conditions; 200 are allowed') }],
    })
    expect(statements).toEqual([])
  })

  test('20 relations are not', async () => {
    expect(await codes({ and: times(20, { contacts: { some: { doNotCall: { eq: true } } } }) })).toEqual([])
  })

  test('200 conditions are not, whatever their values', async () => {
    expect(await codes({ or: times(100, { name: { in: ['a', 'b', 'c'] } }) })).toEqual([])
  })

  test('a filter that is null as a whole is not', async () => {
    expect(await codes(null)).toEqual([])
  })

  test('ten levels are not', async () => {
    expect(await codes(nested(10))).toEqual([])
  })
})

test('a record is found by its id in another system', async () => {
  const send = `mutation ($input: CustomerBulkUpsertInput!) {
    customerBulkUpsert(input: $input) { userErrors { message } }
  }`
  const item = (externalId: string) => ({ externalId, name: `Known as ${externalId}` })
  await gateway.data(send, { input: { system: 'finder', items: [item('A-1'), item('A-2')] } })
  await gateway.data(send, {
    input: { system: 'other finder', items: [{ ...item('A-1'), name: 'Somebody else' }] },
  })
  const find = (filter: unknown, as: 'administrator' | 'agent' = 'administrator') =>
    gateway.data(
      'query ($filter: CustomerFilter) { customers(filter: $filter) { nodes { name } } }',
      { filter },
      { as },
    )
  const byId = { externalReference: { system: { eq: 'finder' }, externalId: { in: ['A-1'] } } }
  expect(await find(byId)).toEqual({ customers: { nodes: [{ name: 'Known as A-1' }] } })
  expect(await find(byId, 'agent')).toEqual({ customers: { nodes: [] } })
})
