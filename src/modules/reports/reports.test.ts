import { codesOf, createTestGateway, listAt, type TestGateway, textAt, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let gateway: TestGateway
let now = '2026-03-01T12:00:00Z'
beforeAll(async () => {
  gateway = await createTestGateway({ now: () => new Date(now) })
  const { administrator: ada, agent: ben } = gateway.userIds
  const retail = await gateway.create('customer', { name: 'Shop', industry: 'retail' })
  const energy = await gateway.create('customer', { name: 'Grid', industry: 'energy', ownerId: ben })
  const reason = await gateway.create('lostReason', { name: 'Too dear' })
  const product = await gateway.create('product', { sku: 'P', name: 'Pump', category: 'Water', price: '10' })

  const sale = async (
    input: Readonly<Record<string, unknown>>,
    decided?: { readonly outcome: 'WON' | 'LOST'; readonly closedAt: string },
  ): Promise<string> => {
    const id = await gateway.create('opportunity', { name: 'Sale', customerId: retail, ...input })
    if (decided) {
      const lost = decided.outcome === 'LOST' ? { lostReasonId: reason } : {}
      expect(await gateway.refusals('opportunityClose', { id, ...decided, ...lost })).toEqual([])
    }
    return id
  }
  const won = await sale(
    { amount: '100.10', ownerId: ada },
    { outcome: 'WON', closedAt: '2026-01-10T00:00:00Z' },
  )
  await sale({ amount: '50.05', ownerId: ada }, { outcome: 'WON', closedAt: '2026-01-31T20:00:00Z' })
  await sale({ amount: '30', ownerId: ada }, { outcome: 'LOST', closedAt: '2026-02-03T00:00:00Z' })
  await sale(
    { amount: '500', ownerId: ben, customerId: energy },
    { outcome: 'WON', closedAt: '2026-02-05T00:00:00Z' },
  )
  await sale(
    { amount: '7', currency: 'EUR', ownerId: ada },
    { outcome: 'WON', closedAt: '2026-02-06T00:00:00Z' },
  )
  await sale({ amount: '1000', expectedCloseDate: '2026-05-01', ownerId: ada })
  await sale({ amount: '2000', probability: 50, ownerId: ben, customerId: energy })
  await gateway.create('opportunityLine', {
    opportunityId: won,
    productId: product,
    quantity: '3',
    unitPrice: '10.5',
  })
})
afterAll(() => gateway[Symbol.asyncDispose]())

/** Rows as texts: their keys, then figures. */
async function rows(report: string, figures: string, as: 'administrator' | 'agent' = 'administrator') {
  const data = await gateway.data(`{ report: ${report} { rows { keys { label } ${figures} } } }`, {}, { as })
  return listAt(data, 'report.rows').map(row => [
    ...listAt(row, 'keys').map(key => textAt(key, 'label')),
    ...figures.split(' ').map(figure => valueAt(row, figure)),
  ])
}

describe('sales', () => {
  test('by month, each currency for itself', async () => {
    const figures = 'currency wonCount wonAmount lostCount lostAmount winRate averageWonAmount'
    expect(await rows('salesReport', figures)).toEqual([
      ['2026-01', 'USD', 2, '150.15', 0, '0', '1', '75.075'],
      ['2026-02', 'USD', 1, '500', 1, '30', '0.5', '500'],
      ['2026-02', 'EUR', 1, '7', 0, '0', '1', '7'],
    ])
  })

  test('by the days of a time zone, from the first to the last', async () => {
    const period = '{ from: "2026-02-01", to: "2026-02-05", bucket: DAY, timeZone: "Asia/Shanghai" }'
    expect(await rows(`salesReport(period: ${period})`, 'wonAmount lostAmount')).toEqual([
      ['2026-02-01', '50.05', '0'],
      ['2026-02-03', '0', '30'],
      ['2026-02-05', '500', '0'],
    ])
  })

  test('by whom and by line of business, the greatest first', async () => {
    expect(await rows('salesReport(by: [OWNER, INDUSTRY], currency: "USD")', 'wonAmount winRate')).toEqual([
      ['Ben Okafor', 'energy', '500', '1'],
      ['Ada Lindqvist', 'retail', '150.15', '0.6667'],
    ])
  })

  test('by product, from the lines', async () => {
    expect(await rows('salesReport(by: [PRODUCT, PERIOD])', 'wonCount wonAmount')).toEqual([
      ['Pump', '2026-01', 1, '31.5'],
    ])
    expect(await rows('salesReport(by: [PRODUCT_CATEGORY])', 'wonAmount')).toEqual([['Water', '31.5']])
  })

  test('as a chart: labels of the first key, a series for each second', async () => {
    const data = await gateway.data(
      '{ salesReport(by: [PERIOD, OWNER], currency: "USD") { dimensions chart { labels series { name values } } } }',
    )
    expect(valueAt(data, 'salesReport')).toEqual({
      dimensions: ['PERIOD', 'OWNER'],
      chart: {
        labels: ['2026-01', '2026-02'],
        series: [
          { name: 'Ada Lindqvist', values: ['150.15', '0'] },
          { name: 'Ben Okafor', values: [null, '500'] },
        ],
      },
    })
  })

  test('tell an agent of own ones only', async () => {
    expect(await rows('salesReport(by: [OWNER])', 'wonAmount lostCount', 'agent')).toEqual([
      ['Ben Okafor', '500', 0],
    ])
    expect(await rows('salesReport(by: [PRODUCT])', 'wonAmount', 'agent')).toEqual([])
  })

  test('narrowed by a filter of opportunities', async () => {
    const filter = '{ customer: { industry: { eq: "energy" } } }'
    expect(await rows(`salesReport(by: [CUSTOMER], filter: ${filter})`, 'wonAmount')).toEqual([
      ['Grid', '500'],
    ])
  })
})

describe('the pipeline', () => {
  test('by stage, with the forecast', async () => {
    expect(await rows('pipelineReport', 'count amount weightedAmount')).toEqual([
      ['Prospecting', 2, '3000', '1100'],
    ])
  })

  test('by when decisions are expected, those without a date last', async () => {
    expect(await rows('pipelineReport(by: [PERIOD], period: { bucket: QUARTER })', 'amount')).toEqual([
      ['2026-Q2', '1000'],
      ['(none)', '2000'],
    ])
  })
})

test('stages: how long, and how many of those who were there were won', async () => {
  const [first] = await rows('stageReport(by: [STAGE])', 'visits wonCount lostCount conversionRate')
  expect(first).toEqual(['Prospecting', 7, 4, 1, '0.8'])
})

test('campaigns: what they cost and what came of them, each currency for itself', async () => {
  const campaignId = await gateway.create('campaign', { name: 'Fair', actualCost: '160' })
  const sale = { name: 'Met at the fair', campaignId, ownerId: gateway.userIds.administrator }
  const closed = { outcome: 'WON', closedAt: '2026-03-01T00:00:00Z' }
  for (const money of [{ amount: '267' }, { amount: '9', currency: 'EUR' }]) {
    const id = await gateway.create('opportunity', { ...sale, ...money })
    expect(await gateway.refusals('opportunityClose', { id, ...closed })).toEqual([])
  }
  await gateway.create('lead', { company: 'Stand 4', campaignId })
  const figures =
    'currency leads convertedLeads opportunities wonOpportunities wonAmount actualCost returnOnInvestment'
  expect(await rows('campaignReport', figures)).toEqual([
    ['Fair', 'USD', 1, 0, 1, 1, '267', '160', '0.6688'],
    ['Fair', 'EUR', 0, 0, 1, 1, '9', '0', null],
  ])
})

test('cases: how soon they were dealt with', async () => {
  const items = [
    { externalId: '1', number: 'C-1', subject: 'Leaks' },
    { externalId: '2', number: 'C-2', subject: 'Drips' },
  ]
  const upserted = { system: 'desk', items }
  expect(await gateway.refusals('caseBulkUpsert', upserted)).toEqual([])
  now = '2026-03-01T18:00:00Z'
  const done = { firstRespondedAt: '2026-03-01T12:30:00Z', resolvedAt: '2026-03-01T17:00:00Z' }
  const resolved = { ...items[0], ...done, status: 'RESOLVED' }
  expect(await gateway.refusals('caseBulkUpsert', { ...upserted, items: [resolved] })).toEqual([])
  const figures = 'count resolved averageResponseHours averageResolutionHours'
  expect(await rows('caseReport', figures)).toEqual([['2026-03', 2, 1, '0.5', '5']])
})

test('feedback: how content', async () => {
  for (const [rating, sentiment] of [
    [5, 'POSITIVE'],
    [4, 'POSITIVE'],
    [1, 'NEGATIVE'],
  ])
    await gateway.create('feedback', { rating, sentiment })
  const figures = 'count averageRating positive neutral negative positiveRate'
  expect(await rows('feedbackReport', figures)).toEqual([['2026-03', 3, '3.3333', 2, 0, 1, '0.6667']])
  expect(await rows('feedbackReport(by: [RATING])', 'count')).toHaveLength(3)
})

test('a report is one statement, and one for the names of each key', async () => {
  const statements = await gateway.statementsOf(() =>
    gateway.data(
      '{ salesReport(by: [OWNER, CUSTOMER]) { rows { keys { label record { id } } wonAmount } chart { labels } } }',
    ),
  )
  const tables = statements.map(statement => /from "(\w+)"/.exec(statement)?.[1])
  expect(new Set(tables)).toEqual(new Set(['Opportunity', 'User', 'Customer']))
  expect(tables).toHaveLength(3)
})

test('the catalogue describes what there is, from the schema', async () => {
  const data = await gateway.data(
    '{ reports { name description dimensions { name } measures { description } } }',
  )
  const names = listAt(data, 'reports').map(report => textAt(report, 'name'))
  expect(names).toEqual([
    'salesReport',
    'pipelineReport',
    'stageReport',
    'campaignReport',
    'caseReport',
    'feedbackReport',
  ])
  for (const report of listAt(data, 'reports')) {
    expect(textAt(report, 'description')).not.toBe('')
    expect(listAt(report, 'dimensions').length).toBeGreaterThan(3)
    expect(listAt(report, 'measures').length).toBeGreaterThan(2)
  }
})

test.each([
  ['nothing to be by', 'salesReport(by: [])', 'by has 0 entries; a report has 1 or 2.'],
  ['too much to be by', 'caseReport(by: [OWNER, TEAM, STATUS])', 'by has 3 entries; a report has 1 or 2.'],
  ['the same twice', 'stageReport(by: [OWNER, OWNER])', 'by names OWNER twice.'],
  [
    'a time zone that there is not',
    'salesReport(period: { from: "2026-01-01", timeZone: "Mars/Phobos" })',
    'timeZone is "Mars/Phobos"; it takes an IANA name such as Asia/Shanghai.',
  ],
  [
    'days in the wrong order',
    'pipelineReport(period: { from: "2026-02-01", to: "2026-01-01" })',
    'period ends on 2026-01-01, before it begins on 2026-02-01.',
  ],
  [
    'a currency that does not look like one',
    'salesReport(currency: "EURO")',
    'currency is "EURO"; it has to look like USD.',
  ],
])('%s is refused', async (_, report, message) => {
  const answer = await gateway.ask(`{ ${report} { rows { keys { label } } } }`)
  expect(codesOf(answer)).toEqual(['BAD_INPUT'])
  expect(textAt(answer, 'errors.0.message')).toBe(message)
})

test.each(['UTC', 'Asia/Shanghai', 'America/New_York'])(
  'a period may take in all days that there are, in %s',
  async timeZone => {
    const { errors } = await gateway.ask(
      `query ($timeZone: String!) { salesReport(period: { from: "0001-01-01", to: "9999-12-31", timeZone: $timeZone }) { rows { keys { label } } } }`,
      { timeZone },
    )
    expect(errors).toBeUndefined()
  },
)
