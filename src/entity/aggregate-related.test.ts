import {
  type AskOptions,
  codesOf,
  createTestGateway,
  listAt,
  type TestGateway,
  valueAt,
} from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let gateway: TestGateway
const agent: AskOptions = { as: 'agent' }

beforeAll(async () => {
  gateway = await createTestGateway()
  const { administrator: ada, agent: ben } = gateway.userIds
  const customer = (name: string, more: Readonly<Record<string, unknown>>) =>
    gateway.create('customer', { name, ownerId: ada, ...more })
  const stages = await gateway.data(
    '{ pipelineStages(filter: { code: { in: ["CLOSED_WON", "NEGOTIATION", "PROPOSAL"] } }, orderBy: { field: CODE }) { nodes { id } } }',
  )
  const [won, negotiation, proposal] = listAt(stages, 'pipelineStages.nodes').map(stage =>
    valueAt(stage, 'id'),
  )
  const sale = (name: string, more: Readonly<Record<string, unknown>>) =>
    gateway.create('opportunity', { name, ownerId: ada, stageId: proposal, ...more })

  const holding = await customer('Holding', { industry: 'energy', ownerId: ben })
  const acme = await customer('Acme', { industry: 'retail', parentId: holding, ownerId: ben })
  const boxes = await customer('Boxes', { industry: 'retail', currency: 'EUR' })
  const crates = await customer('Crates', { parentId: holding })
  const a = await sale('a', { customerId: acme, amount: '1', stageId: won, ownerId: ben })
  await sale('b', { customerId: boxes, amount: '2', stageId: negotiation, ownerId: ben })
  await sale('c', { customerId: crates, amount: '4', ownerId: ben })
  await sale('d', { amount: '8', ownerId: ben })
  await sale('e', { customerId: boxes, amount: '16', currency: 'EUR' })
  const product = await gateway.create('product', { sku: 'P', name: 'P', price: '1' })
  await gateway.create('opportunityLine', { opportunityId: a, productId: product, unitPrice: '1' })
})
afterAll(() => gateway[Symbol.asyncDispose]())

async function figures(args: string, selection: string, options: AskOptions = {}, list = 'opportunities') {
  const answer = await gateway.ask(`{ list: ${list} { aggregate(${args}) { ${selection} } } }`, {}, options)
  expect(answer.errors ?? []).toEqual([])
  return valueAt(answer.data, 'list.aggregate')
}

test('by a field of what is referred to, in one statement', async () => {
  const statements = await gateway.statementsOf(async () => {
    expect(
      await figures('groupBy: { stage: { field: TYPE } }', 'group { type stageGroup { type } } count'),
    ).toEqual([
      { group: { type: null, stageGroup: { type: 'OPEN' } }, count: 4 },
      { group: { type: null, stageGroup: { type: 'WON' } }, count: 1 },
    ])
  })
  expect(statements).toHaveLength(1)
})

test('those that refer to nothing are with those whose record has no value', async () => {
  expect(
    await figures(
      'groupBy: { customer: { field: INDUSTRY } }, orderBy: { by: COUNT, direction: DESC }',
      'group { customerGroup { industry } } count',
    ),
  ).toEqual([
    { group: { customerGroup: { industry: 'retail' } }, count: 3 },
    { group: { customerGroup: { industry: null } }, count: 2 },
  ])
})

test('two and three references away', async () => {
  expect(
    await figures(
      'groupBy: { customer: { parent: { field: INDUSTRY } } }',
      'group { customerGroup { industry parentGroup { industry } } } count',
    ),
  ).toEqual([
    { group: { customerGroup: { industry: null, parentGroup: { industry: 'energy' } } }, count: 2 },
    { group: { customerGroup: { industry: null, parentGroup: { industry: null } } }, count: 3 },
  ])
  const away = 'groupBy: { opportunity: { customer: { parent: { field: INDUSTRY } } } }'
  const selection = 'group { opportunityGroup { customerGroup { parentGroup { industry } } } }'
  expect(await figures(away, selection, {}, 'opportunityLines')).toEqual([
    { group: { opportunityGroup: { customerGroup: { parentGroup: { industry: 'energy' } } } } },
  ])
})

test('by what a related record refers to, which answers for itself', async () => {
  expect(
    await figures(
      'groupBy: [{ customer: { field: OWNER } }, { field: OWNER }], orderBy: { by: COUNT, direction: DESC }',
      'group { owner { name } customerGroup { owner { name } } } count',
    ),
  ).toEqual([
    {
      group: { owner: { name: 'Ben Okafor' }, customerGroup: { owner: { name: 'Ada Lindqvist' } } },
      count: 2,
    },
    {
      group: { owner: { name: 'Ada Lindqvist' }, customerGroup: { owner: { name: 'Ada Lindqvist' } } },
      count: 1,
    },
    { group: { owner: { name: 'Ben Okafor' }, customerGroup: { owner: { name: 'Ben Okafor' } } }, count: 1 },
    { group: { owner: { name: 'Ben Okafor' }, customerGroup: { owner: null } }, count: 1 },
  ])
})

test('by dates of what is referred to, as a calendar has them', async () => {
  expect(
    await figures(
      'groupBy: { stage: { field: CREATED_AT, bucket: YEAR, timeZone: "Asia/Shanghai" } }',
      'group { createdAt stageGroup { createdAt } } count',
    ),
  ).toEqual([{ group: { createdAt: null, stageGroup: { createdAt: '2026-01-01' } }, count: 5 }])
})

test('who goes the same way comes to the same table', async () => {
  const [statement = ''] = await gateway.statementsOf(() =>
    figures(
      'groupBy: [{ customer: { field: INDUSTRY } }, { customer: { parent: { field: NAME } } }, { customer: { field: RATING } }]',
      'group { customerGroup { industry rating parentGroup { name } } }',
    ),
  )
  expect(statement.match(/left join/g)).toHaveLength(2)
})

test('records that were deleted still tell what they were', async () => {
  const gone = await gateway.create('customer', { name: 'Gone', industry: 'mining' })
  const sale = await gateway.create('opportunity', { name: 'f', customerId: gone })
  await gateway.refusals('customerDelete', { id: gone })
  expect(
    await gateway.data(
      '{ opportunities(filter: { name: { eq: "f" } }) { nodes { customer { industry } } aggregate(groupBy: { customer: { field: INDUSTRY } }) { group { customerGroup { industry } } } } }',
    ),
  ).toEqual({
    opportunities: {
      nodes: [{ customer: { industry: 'mining' } }],
      aggregate: [{ group: { customerGroup: { industry: 'mining' } } }],
    },
  })
  await gateway.refusals('opportunityDelete', { id: sale })
})

test('of each customer in one statement', async () => {
  const statements = await gateway.statementsOf(async () => {
    const answer = await gateway.data(
      '{ customers(orderBy: { field: NAME }, first: 3) { nodes { name opportunities { aggregate(groupBy: { stage: { field: TYPE } }) { group { stageGroup { type } } count } } } } }',
    )
    const groups = (...counts: readonly [string, number][]) => ({
      aggregate: counts.map(([type, count]) => ({ group: { stageGroup: { type } }, count })),
    })
    expect(valueAt(answer, 'customers.nodes')).toEqual([
      { name: 'Acme', opportunities: groups(['WON', 1]) },
      { name: 'Boxes', opportunities: groups(['OPEN', 2]) },
      { name: 'Crates', opportunities: groups(['OPEN', 1]) },
    ])
  })
  expect(statements).toHaveLength(2)
})

test('the currency of a related record is not that of the amounts', async () => {
  const ask = (groups: string) =>
    gateway.ask(`{ opportunities { aggregate(groupBy: ${groups}) { sum { amount } } } }`)
  expect(codesOf(await ask('[{ customer: { field: CURRENCY } }]'))).toEqual(['MIXED_CURRENCIES'])
  expect(codesOf(await ask('[{ customer: { field: CURRENCY } }, { field: CURRENCY }]'))).toEqual([])
})

describe('of own records by those of others', () => {
  const byIndustry = 'groupBy: { customer: { field: INDUSTRY } }'
  const industries = 'group { customerGroup { industry } } count sum { amount }'
  const seen = [
    { group: { customerGroup: { industry: 'retail' } }, count: 1, sum: { amount: '1' } },
    { group: { customerGroup: { industry: null } }, count: 3, sum: { amount: '14' } },
  ]

  test('an agent learns nothing of customers of others', async () => {
    expect(await figures(byIndustry, industries, agent)).toEqual(seen)
  })

  test('neither by the order of groups nor by conditions on them', async () => {
    const descending = `${byIndustry}, orderBy: { by: GROUP, direction: DESC }`
    expect(await figures(descending, industries, agent)).toEqual(seen)
    const many = `${byIndustry}, having: { count: { gt: 1 }, max: { amount: { gt: 2 } } }`
    expect(await figures(many, industries, agent)).toEqual(seen.slice(1))
    const one = `${byIndustry}, having: { count: { lte: 1 } }, orderBy: { by: SUM, field: AMOUNT }`
    expect(await figures(one, industries, agent)).toEqual(seen.slice(0, 1))
  })

  test('nor by way of them, where the agent could read what is behind', async () => {
    // Crates is Ada's, and Holding, which it belongs to, is Ben's as Acme is.
    const byParent = 'groupBy: { customer: { parent: { field: NAME } } }'
    const parents = 'group { customerGroup { parentGroup { name } } } count'
    expect(await figures(byParent, parents, agent)).toEqual([
      { group: { customerGroup: { parentGroup: { name: 'Holding' } } }, count: 1 },
      { group: { customerGroup: { parentGroup: { name: null } } }, count: 3 },
    ])
    expect(await figures(byParent, parents)).toEqual([
      { group: { customerGroup: { parentGroup: { name: 'Holding' } } }, count: 2 },
      { group: { customerGroup: { parentGroup: { name: null } } }, count: 3 },
    ])
  })

  test('of parts by their whole, in as many statements as an administrator', async () => {
    const byStage = 'groupBy: { opportunity: { stage: { field: TYPE } } }'
    const count = async (options?: AskOptions) =>
      (
        await gateway.statementsOf(async () => {
          expect(
            await figures(
              byStage,
              'group { opportunityGroup { stageGroup { type } } }',
              options,
              'opportunityLines',
            ),
          ).toEqual([{ group: { opportunityGroup: { stageGroup: { type: 'WON' } } } }])
        })
      ).length
    expect([await count(agent), await count()]).toEqual([1, 1])
  })
})

test.each([
  [
    'a group by nothing',
    '{}',
    'groupBy names no field; give either field or one of createdBy, updatedBy, customer, ',
  ],
  [
    'a group by a field and a reference',
    '{ field: NAME, customer: { field: NAME } }',
    'groupBy names field and customer; give either field or one of createdBy, ',
  ],
  [
    'a group by two references',
    '{ customer: { owner: { field: NAME }, parent: { field: NAME } } }',
    'groupBy.customer names parent and owner; give either field or one of createdBy, ',
  ],
  [
    'a group by no field of a related record',
    '{ customer: { field: null } }',
    'groupBy.customer names no field; give either field or one of createdBy, ',
  ],
  [
    'a group that is four references away',
    '{ customer: { parent: { parent: { parent: { field: NAME } } } } }',
    'groupBy.customer.parent.parent goes on to parent; 3 references are allowed.',
  ],
  [
    'the same group by the same way',
    '[{ customer: { field: NAME } }, { customer: { field: NAME } }]',
    'groupBy names customer.name twice.',
  ],
  [
    'a bucket beside a reference',
    '{ customer: { field: CREATED_AT }, bucket: MONTH }',
    'groupBy has a bucket beside customer; give it beside the field that it is about.',
  ],
  [
    'a time zone beside a reference',
    '{ customer: { owner: { field: CREATED_AT }, timeZone: "UTC" } }',
    'groupBy.customer has a timeZone beside owner; give it beside the field that it is about.',
  ],
  [
    'a bucket of what is no date',
    '{ customer: { field: NAME, bucket: MONTH } }',
    'groupBy.customer name has a bucket, which only dates and instants have.',
  ],
])('%s is refused', async (_, groupBy, message) => {
  const answer = await gateway.ask(`{ opportunities { aggregate(groupBy: ${groupBy}) { count } } }`)
  expect(codesOf(answer)).toEqual(['BAD_INPUT'])
  expect(answer.errors?.[0]?.message).toContain(message)
})
