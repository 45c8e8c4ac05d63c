import { type AskOptions, codesOf, fieldsAt, type TestGateway, textAt, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTwoSegments, type TwoSegments } from './fixtures/two-segments.ts'

type Values = Readonly<Record<string, unknown>>

const agent: AskOptions = { as: 'agent' }
let gateway: TestGateway
let chosen: TwoSegments['chosen']
let retail: TwoSegments['retail']
let byRules: TwoSegments['byRules']
let customersOf: TwoSegments['customersOf']
let idOf: TwoSegments['idOf']
beforeAll(async () => {
  ;({ gateway, chosen, retail, byRules, customersOf, idOf } = await startTwoSegments())
})
afterAll(() => gateway[Symbol.asyncDispose]())

describe.each([
  ['a static segment', () => chosen],
  ['a segment by rules', () => retail],
])('%s', (_, segment) => {
  test('has its customers as every list has them: pages, filters, search, counts and figures', async () => {
    const query = `query ($id: ID!, $after: String) { segment(id: $id) {
      customers(first: 1, after: $after, orderBy: { field: NAME }) {
        nodes { name segments { name } } edges { node { name } } totalCount pageInfo { hasNextPage endCursor }
        aggregate(groupBy: { field: INDUSTRY }) { group { industry } count }
      }
    } }`
    const first = await gateway.data(query, { id: segment() })
    const customers = {
      nodes: [{ name: 'Acme', segments: [{ name: 'Chosen' }, { name: 'Retail' }] }],
      edges: [{ node: { name: 'Acme' } }],
      totalCount: 2,
      pageInfo: { hasNextPage: true, endCursor: expect.any(String) },
      aggregate: [{ group: { industry: 'retail' }, count: 2 }],
    }
    expect(first).toEqual({ segment: { customers } })
    const after = textAt(first, 'segment.customers.pageInfo.endCursor')
    const second = await gateway.data(query, { id: segment(), after })
    expect(fieldsAt(second, 'segment.customers.nodes', 'name')).toEqual(['Shop of Ben'])
    expect(await customersOf(segment(), 'search: "acm"')).toEqual(['Acme'])
    expect(await customersOf(segment(), 'filter: { name: { startsWith: "shop" } }')).toEqual(['Shop of Ben'])
    expect(await customersOf(segment(), 'deleted: ONLY')).toEqual([])
  })

  test("shows an agent own customers only, and counts no one else's", async () => {
    expect(await customersOf(segment(), undefined, agent)).toEqual(['Shop of Ben'])
    const query = `query ($id: ID!) { segment(id: $id) { customers { totalCount aggregate { count } } } }`
    expect(await gateway.data(query, { id: segment() }, agent)).toEqual({
      segment: { customers: { totalCount: 1, aggregate: [{ count: 1 }] } },
    })
  })
})

describe('the segments of a customer', () => {
  const all = '{ customers(orderBy: { field: NAME }) { nodes { name segments { name } } } }'

  test('are those that it was put into and those whose rules it fits, by their names', async () => {
    const both = [{ name: 'Chosen' }, { name: 'Retail' }]
    expect(await gateway.data(all)).toEqual({
      customers: {
        nodes: [
          { name: 'Acme', segments: both },
          { name: 'Mill', segments: [] },
          { name: 'Shop of Ben', segments: both },
        ],
      },
    })
    expect(await gateway.data('{ customers { nodes { segments(first: 1) { name } } } }', {}, agent)).toEqual({
      customers: { nodes: [{ segments: [{ name: 'Chosen' }] }] },
    })
  })

  test('take two statements more, however many customers and segments there are', async () => {
    const count = async () => (await gateway.statementsOf(() => gateway.data(all))).length
    const before = await count()
    expect(before).toBe(3)
    for (let index = 0; index < 5; index += 1) {
      await gateway.create('customer', { name: `Many ${index}` })
      await byRules({ name: { eq: `Many ${index}` } })
    }
    expect(await count()).toBe(before)
    for (let index = 0; index < 5; index += 1)
      await gateway.refusals('customerDelete', { id: await idOf(`Many ${index}`) })
  })

  test('follow what the viewer may see: rules about others find nothing there', async () => {
    const id = await byRules({ contacts: { some: { lastName: { eq: 'Of Ada' } } } }, 'With contacts')
    await gateway.create('contact', { lastName: 'Of Ada', customerId: await idOf('Shop of Ben') })
    expect(await customersOf(id)).toEqual(['Shop of Ben'])
    expect(await customersOf(id, undefined, agent)).toEqual([])
    const answer = await gateway.data('{ customers { nodes { segments { name } } } }', {}, agent)
    expect(fieldsAt(answer, 'customers.nodes.0.segments', 'name')).not.toContain('With contacts')
    await gateway.refusals('segmentDelete', { id })
    expect(fieldsAt(await gateway.data(all), 'customers.nodes.2.segments', 'name')).toEqual([
      'Chosen',
      'Retail',
    ])
  })

  test('are 1 to 100', async () => {
    const codes = async (first: number) =>
      codesOf(await gateway.ask(`{ customers { nodes { segments(first: ${first}) { name } } } }`))
    expect([await codes(1), await codes(100)]).toEqual([[], []])
    expect((await codes(0)).concat(await codes(101))).toContain('BAD_INPUT')
  })
})

test('pages and counts of many segments by rules are a statement each', async () => {
  for (let index = 0; index < 3; index += 1) await byRules({ name: { contains: String(index) } })
  const query = '{ segments { nodes { kind customers(first: 2) { totalCount nodes { name } } } } }'
  const kinds = fieldsAt(await gateway.data(query), 'segments.nodes', 'kind')
  expect(kinds.filter(kind => kind === 'RULES').length).toBeGreaterThan(3)
  // The segments, then pages and counts of those by rules, and of the static ones.
  expect(await gateway.statementsOf(() => gateway.data(query))).toHaveLength(5)
})

describe('a member', () => {
  test('is in a segment once, also when two come in one bulk, or one comes back', async () => {
    const customerId = await idOf('Acme')
    const member = { segmentId: chosen, customerId }
    expect(await gateway.refusals('segmentMemberCreate', member)).toEqual(['TAKEN input.customerId'])
    const segmentId = await gateway.create('segment', { name: 'Once' })
    const items = ['a', 'b'].map(externalId => ({ externalId, segmentId, customerId }))
    expect(await gateway.refusals('segmentMemberBulkUpsert', { system: 'erp', items })).toEqual([
      'TAKEN input.items.1.customerId',
    ])
    const id = await gateway.create('segmentMember', { segmentId, customerId })
    expect(await gateway.refusals('segmentMemberDelete', { id })).toEqual([])
    expect(await customersOf(segmentId)).toEqual([])
    expect(await gateway.refusals('segmentMemberRestore', { id })).toEqual([])
    expect(await gateway.refusals('segmentMemberDelete', { id })).toEqual([])
    await gateway.create('segmentMember', { segmentId, customerId })
    expect(await gateway.refusals('segmentMemberRestore', { id })).toEqual(['TAKEN input.id'])
  })

  test('is not written by an agent, nor is a segment', async () => {
    const customerId = await idOf('Shop of Ben')
    const codes = async (mutation: string, input: Values) => {
      const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`
      return codesOf(
        await gateway.ask(
          `mutation ($input: ${type}!) { ${mutation}(input: $input) { userErrors { code } } }`,
          { input },
          agent,
        ),
      )
    }
    expect(await codes('segmentMemberCreate', { segmentId: chosen, customerId })).toEqual(['FORBIDDEN'])
    expect(await codes('segmentCreate', { name: 'Mine' })).toEqual(['FORBIDDEN'])
    expect(await codes('segmentUpdate', { id: retail, rules: {} })).toEqual(['FORBIDDEN'])
  })

  test("shows an agent no customer that is somebody else's", async () => {
    const answer = await gateway.data(
      'query ($id: ID!) { segment(id: $id) { members { nodes { customer { name } } } } }',
      { id: chosen },
      agent,
    )
    expect(valueAt(answer, 'segment.members.nodes')).toEqual([
      { customer: { name: 'Shop of Ben' } },
      { customer: null },
    ])
  })
})
