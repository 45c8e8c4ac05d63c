import { codesOf, createTestGateway, listAt, type TestGateway, textAt, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway()
  const { administrator: ada, agent: ben } = gateway.userIds
  const stages = await gateway.data(
    '{ pipelineStages(filter: { code: { in: ["CLOSED_WON", "NEGOTIATION", "PROPOSAL"] } }, orderBy: { field: CODE }) { nodes { id } } }',
  )
  const [won, negotiation, proposal] = listAt(stages, 'pipelineStages.nodes').map(stage =>
    valueAt(stage, 'id'),
  )
  const sale = (name: string, more: Readonly<Record<string, unknown>>) =>
    gateway.create('opportunity', { name, ownerId: ada, ...more })
  await sale('a', { amount: '100.5', stageId: won, closedAt: '2026-01-31T23:30:00Z' })
  await sale('b', { amount: '200', stageId: won, closedAt: '2026-01-05T10:00:00Z' })
  await sale('c', { amount: '7', stageId: proposal, ownerId: ben, probability: 51 })
  await sale('d', { stageId: proposal, expectedCloseDate: '2026-02-01' })
  await sale('e', { amount: '1000', currency: 'EUR', stageId: negotiation })
  await sale('f', { amount: '2000', stageId: negotiation })
})
afterAll(() => gateway[Symbol.asyncDispose]())

const ask = (args: string, selection: string, variables?: Readonly<Record<string, unknown>>) =>
  gateway.ask(
    `query ${variables ? '($having: OpportunityHaving)' : ''} { opportunities { aggregate(groupBy: { field: STAGE }, ${args}) { ${selection} } } }`,
    variables,
  )

/** The codes of the stages whose opportunities fit. */
async function stagesWith(having: Readonly<Record<string, unknown>>): Promise<readonly string[]> {
  const answer = await ask('having: $having', 'group { stage { code } }', { having })
  expect(answer.errors ?? []).toEqual([])
  return listAt(answer.data, 'opportunities.aggregate')
    .map(group => textAt(group, 'group.stage.code'))
    .toSorted()
}
const [N, P, W] = ['NEGOTIATION', 'PROPOSAL', 'CLOSED_WON']

test.each([
  ['how many there are', { count: { gte: 2 } }, [W, N, P]],
  ['no number of them', { count: { in: [0, 1, 3] } }, []],
  ['a sum of whole numbers, compared with a decimal', { sum: { probability: { gt: '159.5' } } }, [W, N]],
  ['a mean', { avg: { probability: { eq: '50.5' } } }, [P]],
  ['the least number', { min: { probability: { lt: 100, gte: 80 } } }, [N]],
  ['the greatest number', { max: { probability: { notIn: [80, 51] } } }, [W]],
  ['the least date', { min: { expectedCloseDate: { lte: '2026-02-01' } } }, [P]],
  ['the greatest instant', { max: { closedAt: { gt: '2026-01-31T12:00:00+01:00' } } }, [W]],
  ['that there is none', { max: { closedAt: { isNull: true } } }, [N, P]],
  ['that there is one', { max: { closedAt: { isNull: false } } }, [W]],
  ['that it is not, or not there', { min: { expectedCloseDate: { ne: '2026-02-01' } } }, [W, N]],
  ['how many different there are', { countDistinct: { owner: { eq: 2 } } }, [P]],
  ['several figures at once', { count: { eq: 2 }, min: { probability: { lte: 80 } } }, [N, P]],
  ['nothing in particular', {}, [W, N, P]],
  ['nothing in particular of some', { count: {}, sum: {}, max: { probability: {} } }, [W, N, P]],
])('groups are chosen by %s', async (_, having, expected) => {
  expect(await stagesWith(having)).toEqual(expected)
})

test('they are chosen in the one statement, before they are limited', async () => {
  const statements = await gateway.statementsOf(async () => {
    const answer = await ask('having: { countDistinct: { owner: { gt: 1 } } }, first: 1', 'count')
    expect(answer.data).toEqual({ opportunities: { aggregate: [{ count: 2 }] } })
  })
  expect(statements).toHaveLength(1)
})

test('everything is one group, which fits or does not', async () => {
  const counts = (having: string) => gateway.data(`{ teams { aggregate(having: ${having}) { count } } }`)
  expect(await counts('{ count: { eq: 0 } }')).toEqual({ teams: { aggregate: [{ count: 0 }] } })
  expect(await counts('{ count: { gt: 0 } }')).toEqual({ teams: { aggregate: [] } })
})

test('those of each pipeline in one statement', async () => {
  const statements = await gateway.statementsOf(async () => {
    const answer = await gateway.data(
      '{ pipelines { nodes { opportunities { aggregate(groupBy: { field: OWNER }, having: { count: { lt: 2 } }) { group { owner { name } } count } } } } }',
    )
    expect(listAt(answer, 'pipelines.nodes')).toContainEqual({
      opportunities: { aggregate: [{ group: { owner: { name: 'Ben Okafor' } }, count: 1 }] },
    })
  })
  // Pipelines, groups, and the owners that were grouped by.
  expect(statements).toHaveLength(3)
})

test('groups are sorted by how many different values there are', async () => {
  const answer = await ask(
    'orderBy: [{ by: COUNT_DISTINCT, field: OWNER, direction: DESC }, { by: COUNT_DISTINCT, field: CLOSED_AT }]',
    'group { stage { code } } countDistinct { owner closedAt }',
  )
  expect(valueAt(answer.data, 'opportunities.aggregate')).toEqual([
    { group: { stage: { code: P } }, countDistinct: { owner: 2, closedAt: 0 } },
    { group: { stage: { code: N } }, countDistinct: { owner: 1, closedAt: 0 } },
    { group: { stage: { code: W } }, countDistinct: { owner: 1, closedAt: 2 } },
  ])
})

describe('amounts of several currencies', () => {
  const codes = async (args: string) => codesOf(await ask(args, 'count'))
  const mixed = ['MIXED_CURRENCIES']

  test.each(['sum', 'avg', 'min', 'max'])('have no %s to choose groups by', async measure => {
    expect(await codes(`having: { ${measure}: { amount: { gt: 1 } } }`)).toEqual(mixed)
  })

  test('are refused where the figure would have left the group out', async () => {
    expect(await codes('having: { sum: { amount: { lt: 500 } } }')).toEqual(mixed)
  })

  test('and where the limit would have hidden it', async () => {
    expect(await codes('having: { sum: { amount: { gt: 0 } } }, first: 1')).toEqual(mixed)
    for (const direction of ['ASC', 'DESC'])
      expect(await codes(`orderBy: { by: SUM, field: AMOUNT, direction: ${direction} }, first: 1`)).toEqual(
        mixed,
      )
  })

  test('do not matter in groups that another condition leaves out', async () => {
    const having = { max: { probability: { ne: 80 } }, sum: { amount: { gt: '300.4' } } }
    expect(await stagesWith(having)).toEqual([W])
  })

  test('are counted, and compared by currency', async () => {
    expect(await stagesWith({ countDistinct: { amount: { gte: 2 } } })).toEqual([W, N])
    const answer = await gateway.data(
      '{ opportunities { aggregate(groupBy: [{ field: CURRENCY }], having: { sum: { amount: { lte: "1000.0" } } }) { group { currency } } } }',
    )
    expect(answer).toEqual({ opportunities: { aggregate: [{ group: { currency: 'EUR' } }] } })
  })
})

describe('refused is', () => {
  const message = async (args: string, having?: unknown) => {
    const answer = await ask(args, 'count', having ? { having } : undefined)
    expect(codesOf(answer)).toEqual(['BAD_INPUT'])
    return answer.errors?.[0]?.message
  }

  test('a condition that is null', async () => {
    expect(await message('having: { sum: { amount: { gt: null } } }')).toBe(
      'having.sum.amount.gt is null; leave it out, or use isNull to look for missing values.',
    )
  })

  test('more conditions than 200', async () => {
    const operators = { eq: 1, ne: 2, lt: 9, lte: 9, gt: 0, gte: 0, isNull: false, in: [1], notIn: [2] }
    const type = await gateway.data('{ __type(name: "OpportunityCountsFilter") { inputFields { name } } }')
    const fields = listAt(type, '__type.inputFields').map(field => [valueAt(field, 'name'), operators])
    expect(await message('having: $having', { countDistinct: Object.fromEntries(fields) })).toMatch(
      /^The argument having has \d+ conditions; 200 are allowed/,
    )
  })

  test('more values than 1,000', async () => {
    const counts = Array.from({ length: 1001 }, (_, index) => index)
    expect(await message('having: $having', { countDistinct: { owner: { in: counts } } })).toBe(
      'having.countDistinct.owner.in has 1001 values; 1000 are allowed.',
    )
  })

  test('an order by a figure that the field has not', async () => {
    expect(await message('orderBy: { by: MAX, field: NAME }')).toMatch(
      /^orderBy MAX is of NAME; it takes AMOUNT, .*CLOSED_AT/,
    )
    const teams = await gateway.ask('{ teams { aggregate(orderBy: { by: SUM, field: NAME }) { count } } }')
    expect(teams.errors?.[0]?.message).toBe('orderBy SUM is of NAME; Team has no field for it.')
  })

  test('an order by more than 5 figures', async () => {
    expect(await message(`orderBy: [${'{ by: COUNT } '.repeat(6)}]`)).toBe(
      'orderBy has 6 terms; 5 are allowed.',
    )
  })
})
