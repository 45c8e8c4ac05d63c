import { type AskOptions, fieldsAt, type TestGateway, textAt, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createTwoTrees, type TwoTrees } from './fixtures/two-trees.ts'

let gateway: TestGateway
let records: TwoTrees['records']
const agent: AskOptions = { as: 'agent' }

beforeAll(async () => {
  ;({ gateway, records } = await createTwoTrees())
})
afterAll(() => gateway[Symbol.asyncDispose]())

describe('an agent sees own records only', () => {
  const tree = `{ customers(orderBy: { field: NAME }) { totalCount nodes {
    name parent { name } children { nodes { name } }
    contacts { totalCount nodes { lastName } }
    opportunities { totalCount aggregate { count sum { amount } } nodes { name lines { unitPrice product { name } } stageHistory { stage { code } } } }
    loyalty { points } owner { name }
  } } }`

  test('nested ones, counts and figures included', async () => {
    expect(await gateway.data(tree, {}, agent)).toEqual({
      customers: {
        totalCount: 1,
        nodes: [
          {
            name: 'Customer of ben',
            parent: null,
            children: { nodes: [] },
            contacts: { totalCount: 1, nodes: [{ lastName: 'Contact of ben' }] },
            opportunities: {
              totalCount: 1,
              aggregate: [{ count: 1, sum: { amount: '100' } }],
              nodes: [
                {
                  name: 'Sale of ben',
                  lines: [{ unitPrice: '100', product: { name: 'Product' } }],
                  stageHistory: [{ stage: { code: 'PROSPECTING' } }],
                },
              ],
            },
            loyalty: { points: 0 },
            owner: { name: 'Ben Okafor' },
          },
        ],
      },
    })
  })

  test('in as many statements as an administrator', async () => {
    const count = async (options?: AskOptions) =>
      (await gateway.statementsOf(() => gateway.data(tree, {}, options))).length
    expect(await count(agent)).toBe(await count())
  })

  test.each([
    ['customer', 'customers', 'name'],
    ['contact', 'contacts', 'lastName'],
    ['opportunity', 'opportunities', 'name'],
    ['line', 'opportunityLines', 'unitPrice'],
  ] as const)('by id, by ids and as a node: %s', async (kind, plural, field) => {
    const [own, other] = [records.ben[kind], records.ada[kind]]
    const singular = kind === 'line' ? 'opportunityLine' : kind
    const query = `query ($own: ID!, $other: ID!) {
      own: ${singular}(id: $own) { ${field} } other: ${singular}(id: $other) { ${field} }
      many: ${plural}ByIds(ids: [$other, $own]) { id } node: node(id: $other) { id }
      list: ${plural}(filter: { id: { eq: $other } }, deleted: INCLUDE) { totalCount nodes { id } }
    }`
    expect(await gateway.data(query, { own, other }, agent)).toEqual({
      own: { [field]: expect.any(String) },
      other: null,
      many: [null, { id: own }],
      node: null,
      list: { totalCount: 0, nodes: [] },
    })
  })

  const totals = async (args: string, list = 'customers') =>
    valueAt(await gateway.data(`{ ${list}(${args}) { totalCount } }`, {}, agent), `${list}.totalCount`)

  test('whatever is searched for', async () => {
    expect(await totals('search: "customer"')).toBe(1)
    expect(await totals('search: "ada@"')).toBe(0)
  })

  test('whatever is filtered by: what a relation leads to counts as far as it is seen', async () => {
    expect(await totals('filter: { name: { contains: "ada" } }')).toBe(0)
    expect(await totals('filter: { parent: { name: { contains: "ada" } } }')).toBe(0)
    expect(await totals('filter: { parent: {} }')).toBe(0)
    expect(await totals('filter: { contacts: { some: { lastName: { contains: "ada" } } } }')).toBe(0)
    expect(await totals('filter: { contacts: { none: { lastName: { contains: "ada" } } } }')).toBe(1)
    expect(
      await totals(
        'filter: { contacts: { every: { lastName: { contains: "ben" }, ownerId: { isNull: false } } } }',
      ),
    ).toBe(1)
    expect(await totals('filter: { opportunities: { some: { amount: { gt: "500" } } } }')).toBe(0)
    expect(
      await totals(
        'filter: { opportunities: { some: { lines: { some: { product: { sku: { eq: "P" } } } } } } }',
      ),
    ).toBe(1)
    expect(await totals('filter: { customer: { name: { contains: "ada" } } }', 'opportunities')).toBe(0)
    expect(await totals('filter: { opportunity: { name: { contains: "ada" } } }', 'opportunityLines')).toBe(0)
  })

  test('whatever is filtered by through records that everybody sees', async () => {
    const query =
      '{ products(filter: { sku: { eq: "P" } }) { totalCount } pipelineStages(filter: { opportunities: { some: { name: { contains: "ada" } } } }) { totalCount } users(filter: { team: { members: { some: {} } } }) { totalCount } }'
    expect(await gateway.data(query, {}, agent)).toEqual({
      products: { totalCount: 1 },
      pipelineStages: { totalCount: 0 },
      users: { totalCount: 0 },
    })
  })

  test('through pipelines and stages, whose opportunities are counted as far as they are seen', async () => {
    const query =
      '{ pipelines { nodes { opportunities { totalCount aggregate { count sum { amount } } } } } }'
    expect(await gateway.data(query, {}, agent)).toEqual({
      pipelines: {
        nodes: [{ opportunities: { totalCount: 1, aggregate: [{ count: 1, sum: { amount: '100' } }] } }],
      },
    })
  })

  test('in every figure', async () => {
    const query =
      '{ opportunities { aggregate(groupBy: { field: OWNER }) { group { owner { name } } count sum { amount } countDistinct { customer } } } opportunityLines { aggregate { count sum { unitPrice } } } stageHistories { totalCount } }'
    expect(await gateway.data(query, {}, agent)).toEqual({
      opportunities: {
        aggregate: [
          {
            group: { owner: { name: 'Ben Okafor' } },
            count: 1,
            sum: { amount: '100' },
            countDistinct: { customer: 1 },
          },
        ],
      },
      opportunityLines: { aggregate: [{ count: 1, sum: { unitPrice: '100' } }] },
      stageHistories: { totalCount: 1 },
    })
  })
})

test('an administrator sees everything', async () => {
  const answer = await gateway.data(
    '{ customers(search: "customer of", orderBy: { field: NAME }) { nodes { name } } viewer { name role } }',
  )
  expect(fieldsAt(answer, 'customers.nodes', 'name')).toEqual(['Customer of ada', 'Customer of ben'])
  expect(textAt(answer, 'viewer.role')).toBe('ADMINISTRATOR')
})

test('users report to users, teams have members', async () => {
  const team = await gateway.create('team', { name: 'East' })
  const manager = await gateway.create('user', { name: 'Mia', email: 'mia@trellis.example', teamId: team })
  const user = await gateway.create('user', {
    name: 'Udo',
    email: 'udo@trellis.example',
    teamId: team,
    managerId: manager,
  })
  expect(
    await gateway.data(
      'query ($id: ID!) { team(id: $id) { members(orderBy: { field: NAME }) { nodes { name manager { name } reports { nodes { name } } } } } }',
      { id: team },
    ),
  ).toEqual({
    team: {
      members: {
        nodes: [
          { name: 'Mia', manager: null, reports: { nodes: [{ name: 'Udo' }] } },
          { name: 'Udo', manager: { name: 'Mia' }, reports: { nodes: [] } },
        ],
      },
    },
  })
  expect(await gateway.refusals('userUpdate', { id: manager, managerId: user })).toEqual([
    'CYCLE input.managerId',
  ])
  expect(await gateway.refusals('userCreate', { name: 'Twin', email: 'mia@trellis.example' })).toEqual([
    'TAKEN input.email',
  ])
})
