import { codesOf, createTestGateway, listAt, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let gateway: TestGateway
let north: string
beforeAll(async () => {
  gateway = await createTestGateway()
  north = await gateway.create('team', { name: 'North' })
  const stages = await gateway.data(
    '{ pipelineStages(filter: { code: { in: ["CLOSED_WON", "PROPOSAL"] } }, orderBy: { field: CODE }) { nodes { id } } }',
  )
  const [won, proposal] = listAt(stages, 'pipelineStages.nodes').map(stage => valueAt(stage, 'id'))
  const sale = (name: string, more: Readonly<Record<string, unknown>>) =>
    gateway.create('opportunity', { name, ...more })
  await sale('a', {
    amount: '100.50',
    stageId: won,
    closedAt: '2026-01-31T23:30:00Z',
    teamId: north,
    expectedCloseDate: '2026-01-31',
  })
  await sale('b', {
    amount: '200',
    stageId: won,
    closedAt: '2026-01-05T10:00:00Z',
    expectedCloseDate: '2026-02-01',
  })
  await sale('c', { amount: '99999999999999.9999', stageId: proposal, ownerId: gateway.userIds.agent })
  await sale('d', { stageId: proposal, ownerId: null })
  await sale('e', { amount: '7', currency: 'EUR', stageId: proposal })
})
afterAll(() => gateway[Symbol.asyncDispose]())

const ask = (args: string, selection: string, list = '') =>
  gateway.ask(`{ opportunities${list} { aggregate${args} { ${selection} } } }`)
const figures = async (args: string, selection: string, list = '') => {
  const answer = await ask(args, selection, list)
  expect(codesOf(answer)).toEqual([])
  return valueAt(answer.data, 'opportunities.aggregate')
}
const dollars = '(filter: { currency: { eq: "USD" } })'

test('everything is one group unless groups are asked for', async () => {
  const selection =
    'count sum { amount probability } avg { amount } min { amount closedAt expectedCloseDate } max { amount closedAt } countDistinct { owner stage currency amount }'
  expect(await figures('', selection, dollars)).toMatchInlineSnapshot(`
    [
      {
        "avg": {
          "amount": "33333333333433.5",
        },
        "count": 4,
        "countDistinct": {
          "amount": 3,
          "currency": 1,
          "owner": 2,
          "stage": 2,
        },
        "max": {
          "amount": "99999999999999.9999",
          "closedAt": "2026-01-31T23:30:00.000Z",
        },
        "min": {
          "amount": "100.5",
          "closedAt": "2026-01-05T10:00:00.000Z",
          "expectedCloseDate": "2026-01-31",
        },
        "sum": {
          "amount": "100000000000300.4999",
          "probability": "300",
        },
      },
    ]
  `)
})

test('figures of no records are null, their count 0', async () => {
  const none = '(filter: { name: { eq: "nobody" } })'
  expect(await figures('', 'count sum { amount } min { closedAt } countDistinct { owner }', none)).toEqual([
    { count: 0, sum: { amount: null }, min: { closedAt: null }, countDistinct: { owner: 0 } },
  ])
  expect(await figures('(groupBy: { field: STAGE })', 'count', none)).toEqual([])
})

test('by stage, which answers for itself', async () => {
  expect(
    await figures(
      '(groupBy: { field: STAGE }, orderBy: { by: SUM, field: AMOUNT, direction: DESC })',
      'group { stage { code } owner { name } } count sum { amount }',
      dollars,
    ),
  ).toEqual([
    { group: { stage: { code: 'PROPOSAL' }, owner: null }, count: 2, sum: { amount: '99999999999999.9999' } },
    { group: { stage: { code: 'CLOSED_WON' }, owner: null }, count: 2, sum: { amount: '300.5' } },
  ])
})

test('by owner, those without one included', async () => {
  expect(
    await figures(
      '(groupBy: { field: OWNER }, orderBy: { by: COUNT, direction: DESC })',
      'group { owner { name } } count',
    ),
  ).toEqual([
    { group: { owner: { name: 'Ada Lindqvist' } }, count: 3 },
    { group: { owner: { name: 'Ben Okafor' } }, count: 1 },
    { group: { owner: null }, count: 1 },
  ])
})

test('by a number', async () => {
  expect(await figures('(groupBy: { field: PROBABILITY })', 'group { probability } count')).toEqual([
    { group: { probability: 50 }, count: 3 },
    { group: { probability: 100 }, count: 2 },
  ])
})

test('by team and currency', async () => {
  expect(
    await figures(
      '(groupBy: [{ field: TEAM }, { field: CURRENCY }])',
      'group { team { name } currency } count',
    ),
  ).toEqual([
    { group: { team: { name: 'North' }, currency: 'USD' }, count: 1 },
    { group: { team: null, currency: 'EUR' }, count: 1 },
    { group: { team: null, currency: 'USD' }, count: 3 },
  ])
})

test.each([
  [
    'UTC',
    [
      { closedAt: '2026-01-01', count: 2 },
      { closedAt: null, count: 3 },
    ],
  ],
  [
    'Asia/Shanghai',
    [
      { closedAt: '2026-01-01', count: 1 },
      { closedAt: '2026-02-01', count: 1 },
      { closedAt: null, count: 3 },
    ],
  ],
  [
    'America/St_Johns',
    [
      { closedAt: '2026-01-01', count: 2 },
      { closedAt: null, count: 3 },
    ],
  ],
])('by month, as the calendar of %s has it', async (timeZone, expected) => {
  const groups = await figures(
    `(groupBy: { field: CLOSED_AT, bucket: MONTH, timeZone: "${timeZone}" })`,
    'group { closedAt } count',
  )
  expect(groups).toEqual(expected.map(({ closedAt, count }) => ({ group: { closedAt }, count })))
})

test.each([
  ['DAY', ['2026-01-31', '2026-02-01']],
  ['WEEK', ['2026-01-26']],
  ['MONTH', ['2026-01-01', '2026-02-01']],
  ['QUARTER', ['2026-01-01']],
  ['YEAR', ['2026-01-01']],
])('dates by %s', async (bucket, starts) => {
  const groups = await figures(
    `(groupBy: { field: EXPECTED_CLOSE_DATE, bucket: ${bucket} })`,
    'group { expectedCloseDate }',
  )
  expect(groups).toEqual([...starts, null].map(expectedCloseDate => ({ group: { expectedCloseDate } })))
})

test('of each customer in one statement', async () => {
  for (const name of ['Acme', 'Boxes'])
    await gateway.create('opportunity', {
      name,
      amount: '1',
      customerId: await gateway.create('customer', { name }),
    })
  const statements = await gateway.statementsOf(async () => {
    const answer = await gateway.data(
      '{ customers(orderBy: { field: NAME }) { nodes { name opportunities { aggregate { count sum { amount } } } } } }',
    )
    expect(valueAt(answer, 'customers.nodes')).toEqual(
      ['Acme', 'Boxes'].map(name => ({
        name,
        opportunities: { aggregate: [{ count: 1, sum: { amount: '1' } }] },
      })),
    )
  })
  expect(statements).toHaveLength(2)
})

describe('amounts of several currencies', () => {
  test.each(['sum', 'avg', 'min', 'max'])('have no %s', async measure => {
    const answer = await ask('', `${measure} { amount }`)
    expect(codesOf(answer)).toEqual(['MIXED_CURRENCIES'])
    expect(answer.errors?.[0]?.message).toBe(
      'amount is in several currencies, such as EUR and USD, which do not add up; group by CURRENCY too, or filter by one currency.',
    )
  })

  test('are not compared to sort groups either', async () => {
    expect(
      codesOf(await ask('(groupBy: { field: STAGE }, orderBy: { by: SUM, field: AMOUNT })', 'count')),
    ).toEqual(['MIXED_CURRENCIES'])
  })

  test('are counted, and add up by currency', async () => {
    expect(await figures('', 'count countDistinct { amount currency }')).toMatchObject([
      { countDistinct: { currency: 2 } },
    ])
    const groups = await figures('(groupBy: [{ field: CURRENCY }])', 'group { currency } max { amount }')
    expect(groups).toEqual([
      { group: { currency: 'EUR' }, max: { amount: '7' } },
      { group: { currency: 'USD' }, max: { amount: '99999999999999.9999' } },
    ])
  })
})

test.each([
  ['four groups', '(groupBy: [{ field: STAGE }, { field: OWNER }, { field: TEAM }, { field: CURRENCY }])'],
  ['a group twice', '(groupBy: [{ field: STAGE }, { field: STAGE }])'],
  ['a bucket of what is no date', '(groupBy: { field: STAGE, bucket: MONTH })'],
  ['an unknown time zone', '(groupBy: { field: CLOSED_AT, timeZone: "Mars/Olympus" })'],
  [
    'a time zone that is an offset, whose sign PostgreSQL reads the other way',
    '(groupBy: { field: CLOSED_AT, timeZone: "+08:00" })',
  ],
  ['no groups', '(first: 0)'],
  ['1,001 groups', '(first: 1001)'],
  ['an order by a sum of nothing', '(groupBy: { field: STAGE }, orderBy: { by: SUM })'],
  ['an order by a sum of dates', '(groupBy: { field: STAGE }, orderBy: { by: SUM, field: CLOSED_AT })'],
  [
    'an order by a mean of dates',
    '(groupBy: { field: STAGE }, orderBy: { by: AVG, field: EXPECTED_CLOSE_DATE })',
  ],
])('%s is refused', async (_, args) => {
  expect(codesOf(await ask(args, 'count'))).toEqual(['BAD_INPUT'])
})

test('groups are sorted by their least and greatest dates', async () => {
  const order = (by: string) => `(groupBy: { field: STAGE }, orderBy: { by: ${by}, field: CLOSED_AT })`
  expect(await figures(order('MIN'), 'group { stage { code } }')).toMatchObject([
    { group: { stage: { code: 'CLOSED_WON' } } },
    {},
    {},
  ])
  expect(await figures(order('MAX'), 'group { stage { code } }')).toMatchObject([
    { group: { stage: { code: 'CLOSED_WON' } } },
    {},
    {},
  ])
})

test('the same question asked twice of one list is one statement', async () => {
  const statements = async (selection: string) =>
    (await gateway.statementsOf(() => gateway.data(`{ opportunities { ${selection} } }`))).length
  expect(await statements('a: totalCount b: totalCount')).toBe(await statements('totalCount'))
  const figure = 'aggregate(groupBy: { field: STAGE }) { count sum { probability } }'
  expect(await statements(`a: ${figure} b: ${figure}`)).toBe(await statements(figure))
  const other = 'aggregate(groupBy: { field: CURRENCY }) { count sum { probability } }'
  expect(await statements(`a: ${figure} b: ${other}`)).toBe((await statements(figure)) + 1)
})
