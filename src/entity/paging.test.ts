import { codesOf, createTestGateway, fieldsAt, type TestGateway, valueAt } from '@trellis/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway()
  const [rows] = fc.sample(fc.array(row, { minLength: 53, maxLength: 53 }), { numRuns: 1, seed: 7 })
  const items = rows?.map((values, index) => ({
    externalId: String(index),
    name: `Name ${index % 17}`,
    ...values,
  }))
  await gateway.data(
    'mutation ($items: [CustomerUpsertItem!]!) { customerBulkUpsert(input: { system: "paging", items: $items }) { results { id } } }',
    { items },
  )
})
afterAll(() => gateway[Symbol.asyncDispose]())

/** Few values, so that many rows share them, and nothing at all as often as not. */
const some = <Value>(...values: readonly Value[]) => fc.option(fc.constantFrom(...values))
const row = fc.record({
  rating: some('HOT', 'WARM', 'COLD'),
  industry: some('retail', 'Retail', '', '医疗', 'a"b\'c\\'),
  description: some('x'.repeat(4000), '北京'.repeat(2000)),
  foundedYear: some(1999, 2000, 2001),
  annualRevenue: some('0', '1054.5', '99999999999999.9999'),
  type: fc.constantFrom('PROSPECT', 'CUSTOMER'),
})

const fields = [
  'ID',
  'CREATED_AT',
  'NAME',
  'RATING',
  'INDUSTRY',
  'DESCRIPTION',
  'FOUNDED_YEAR',
  'ANNUAL_REVENUE',
  'TYPE',
  'DELETED_AT',
  'VERSION',
  'SOURCE',
]
const orders = fc.uniqueArray(
  fc.record({
    field: fc.constantFrom(...fields),
    direction: fc.constantFrom('ASC', 'DESC'),
    nulls: fc.constantFrom('FIRST', 'LAST'),
  }),
  { minLength: 1, maxLength: 4, selector: ({ field }) => field },
)

const query = `query ($orderBy: [CustomerOrder!], $first: Int, $after: String, $last: Int, $before: String) {
  customers(orderBy: $orderBy, first: $first, after: $after, last: $last, before: $before) {
    nodes { id rating industry foundedYear annualRevenue } pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
  }
}`
const page = async (variables: Readonly<Record<string, unknown>>) => {
  const answer = await gateway.data(query, variables)
  const info = (name: string) => valueAt(answer, `customers.pageInfo.${name}`)
  return { ids: fieldsAt(answer, 'customers.nodes', 'id'), answer, info }
}

async function forwards(orderBy: unknown, first: number): Promise<readonly unknown[]> {
  const ids: unknown[] = []
  for (let after: unknown = null; ; ) {
    const { ids: more, info } = await page({ orderBy, first, after })
    ids.push(...more)
    expect(info('hasPreviousPage')).toBe(after !== null)
    if (info('hasNextPage') !== true) return ids
    after = info('endCursor')
  }
}

async function backwards(orderBy: unknown, last: number): Promise<readonly unknown[]> {
  const ids: unknown[] = []
  for (let before: unknown = null; ; ) {
    const { ids: more, info } = await page({ orderBy, last, before })
    ids.unshift(...more)
    expect(info('hasNextPage')).toBe(before !== null)
    if (info('hasPreviousPage') !== true) return ids
    before = info('startCursor')
  }
}

test('in every order, pages cover everything once, forwards as backwards', async () => {
  await fc.assert(
    fc.asyncProperty(orders, fc.integer({ min: 5, max: 60 }), async (orderBy, size) => {
      const { ids: all } = await page({ orderBy, first: 100 })
      expect(new Set(all).size).toBe(53)
      expect(await forwards(orderBy, size)).toEqual(all)
      expect(await backwards(orderBy, size)).toEqual(all)
    }),
    { numRuns: 30 },
  )
})

test('a page between two cursors is what stands between them', async () => {
  await fc.assert(
    fc.asyncProperty(orders, fc.nat(52), fc.nat(52), async (orderBy, one, other) => {
      const [from, to] = [Math.min(one, other), Math.max(one, other)]
      const list = await gateway.data(
        'query ($orderBy: [CustomerOrder!]) { customers(orderBy: $orderBy, first: 100) { edges { cursor node { id } } } }',
        { orderBy },
      )
      const edges = fieldsAt(list, 'customers.edges', 'cursor').map((cursor, index) => ({
        cursor,
        id: valueAt(list, `customers.edges.${index}.node.id`),
      }))
      const { ids } = await page({
        orderBy,
        first: 100,
        after: edges[from]?.cursor,
        before: edges[to]?.cursor,
      })
      expect(ids).toEqual(edges.slice(from + 1, to).map(({ id }) => id))
    }),
    { numRuns: 20 },
  )
})

test.each(['ASC', 'DESC'])('records without a value stand where they are asked to, %s', async direction => {
  const valuesOf = async (nulls: string) => {
    const { answer } = await page({ first: 100, orderBy: [{ field: 'FOUNDED_YEAR', direction, nulls }] })
    return fieldsAt(answer, 'customers.nodes', 'foundedYear')
  }
  const [last, first] = [await valuesOf('LAST'), await valuesOf('FIRST')]
  const values = last.filter(value => value !== null)
  const ascending = values.toSorted((a, b) => Number(a) - Number(b))
  expect(values).toEqual(direction === 'ASC' ? ascending : ascending.toReversed())
  const nulls = last.filter(value => value === null)
  expect(last).toEqual([...values, ...nulls])
  expect(first).toEqual([...nulls, ...values])
})

test('a page of each parent and its count are in the statement of the parents', async () => {
  const owner = 'owners: users(first: 100) { nodes { id } }'
  const statements = await gateway.statementsOf(() =>
    gateway.data(
      `{ ${owner} customers(first: 50) { nodes { children(first: 3, orderBy: { field: NAME }) { nodes { name } totalCount } } } }`,
    ),
  )
  expect(statements).toHaveLength(2)
})

describe('refused are', () => {
  const codes = async (args: string) => codesOf(await gateway.ask(`{ customers(${args}) { nodes { id } } }`))

  test.each([
    ['first: 0'],
    ['first: -1'],
    ['first: 101'],
    ['last: 0'],
    ['last: 101'],
    ['first: 1, last: 1'],
    ['orderBy: [{ field: NAME }, { field: NAME, direction: DESC }]'],
    [
      'orderBy: [{ field: NAME }, { field: TYPE }, { field: RATING }, { field: ID }, { field: PHONE }, { field: EMAIL }]',
    ],
  ])('%s', async args => {
    expect(await codes(args)).toEqual(['BAD_INPUT'])
  })

  test('a cursor of another order, of another list, tampered with, or made up', async () => {
    const { info } = await page({ first: 1 })
    const cursor = String(info('endCursor'))
    const tampered = `${cursor.startsWith('W') ? 'X' : 'W'}${cursor.slice(1)}`
    expect(await codes(`after: "${cursor}"`)).toEqual([])
    expect(await codes(`after: "${cursor}", orderBy: { field: NAME }`)).toEqual(['INVALID_CURSOR'])
    for (const wrong of [tampered, 'x', '.', 'W10.', cursor.slice(0, -1), `${cursor}.x`, '王'])
      expect(await codes(`after: "${wrong}"`)).toEqual(['INVALID_CURSOR'])
    const elsewhere = await gateway.ask(`{ contacts(after: "${cursor}") { nodes { id } } }`)
    expect(codesOf(elsewhere)).toEqual(['INVALID_CURSOR'])
  })

  test('an unknown field to sort by or to filter by', async () => {
    expect(await codes('orderBy: { field: SHOE_SIZE }')).toEqual(['GRAPHQL_VALIDATION_FAILED'])
    expect(await codes('filter: { shoeSize: { eq: 1 } }')).toEqual(['GRAPHQL_VALIDATION_FAILED'])
  })
})
