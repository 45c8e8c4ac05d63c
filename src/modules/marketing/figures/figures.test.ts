import { createTestGateway, type TestGateway, type TestRole, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let gateway: TestGateway
/** A campaign, one below it, and one below that. */
let top: string
let middle: string
let bottom: string
beforeAll(async () => {
  gateway = await createTestGateway()
  const campaign = (name: string, input: Values) => gateway.create('campaign', { name, ...input })
  top = await campaign('Top', { actualCost: '1000', currency: 'EUR' })
  middle = await campaign('Middle', { actualCost: '500.5', currency: 'EUR', parentId: top })
  bottom = await campaign('Bottom', { currency: 'USD', parentId: middle })
})
afterAll(() => gateway[Symbol.asyncDispose]())

type Values = Readonly<Record<string, unknown>>

const won = 'stg_01k0000000e008000000000006'
const lost = 'stg_01k0000000e008000000000007'
const opportunity = (campaignId: string, input: Values, as: TestRole = 'administrator') =>
  gateway.create('opportunity', { name: 'Sale', campaignId, currency: 'EUR', ...input }, { as })
const lead = (campaignId: string, as: TestRole = 'administrator') =>
  gateway.create('lead', { lastName: 'King', campaignId }, { as })

const figures =
  'campaigns leads convertedLeads members respondedMembers opportunities openOpportunities wonOpportunities currency wonAmount openAmount weightedAmount actualCost returnOnInvestment otherCurrencies'
interface ResultsOptions {
  readonly fields?: string
  readonly args?: string
  readonly as?: TestRole
}

const results = async (
  id: string,
  { fields = figures, args = '', as = 'administrator' }: ResultsOptions = {},
) =>
  valueAt(
    await gateway.data(
      `query ($id: ID!) { campaign(id: $id) { results${args} { ${fields} } } }`,
      { id },
      { as },
    ),
    'campaign.results',
  )
const below = '(includeDescendants: true)'
const nothing = {
  campaigns: 1,
  leads: 0,
  convertedLeads: 0,
  members: 0,
  respondedMembers: 0,
  opportunities: 0,
  openOpportunities: 0,
  wonOpportunities: 0,
  wonAmount: '0',
  openAmount: '0',
  weightedAmount: '0',
  otherCurrencies: [],
}

describe('what came of a campaign', () => {
  test('is nothing at first; without cost there is no return on it', async () => {
    expect(await results(top)).toEqual({
      ...nothing,
      currency: 'EUR',
      actualCost: '1000',
      returnOnInvestment: '-1',
    })
    expect(await results(bottom)).toEqual({
      ...nothing,
      currency: 'USD',
      actualCost: null,
      returnOnInvestment: null,
    })
    const free = await gateway.create('campaign', { name: 'Free', actualCost: '0' })
    expect(await results(free, { fields: 'actualCost returnOnInvestment' })).toEqual({
      actualCost: '0',
      returnOnInvestment: null,
    })
  })

  test('is leads, members and sales, those below only when asked for', async () => {
    const converted = await lead(top)
    await gateway.refusals('leadConvert', { id: converted, opportunity: { amount: '300', currency: 'EUR' } })
    await lead(top)
    const gone = await lead(top)
    await gateway.refusals('leadDelete', { id: gone })
    for (const [status, name] of [
      ['RESPONDED', 'A'],
      ['SENT', 'B'],
      ['SENT', 'C'],
    ] as const)
      await gateway.create('campaignMember', {
        campaignId: top,
        status,
        contactId: await gateway.create('contact', { lastName: name }),
      })
    await opportunity(top, { stageId: won, amount: '2500' })
    await opportunity(top, { stageId: lost, amount: '9999', currency: 'CNY' })
    await opportunity(top, { amount: '100.0001', probability: 33 })
    await opportunity(top, { amount: null })
    await opportunity(middle, { stageId: won, amount: '1000' })
    await gateway.create('campaignMember', {
      campaignId: bottom,
      leadId: await gateway.create('lead', { lastName: 'D' }),
    })

    expect(await results(top)).toEqual({
      ...{ campaigns: 1, leads: 2, convertedLeads: 1, members: 3, respondedMembers: 1 },
      ...{ opportunities: 5, openOpportunities: 3, wonOpportunities: 1 },
      ...{ currency: 'EUR', wonAmount: '2500', openAmount: '400.0001', weightedAmount: '63' },
      ...{ actualCost: '1000', returnOnInvestment: '1.5', otherCurrencies: [] },
    })
    expect(await results(top, { args: below })).toEqual({
      ...{ campaigns: 3, leads: 2, convertedLeads: 1, members: 4, respondedMembers: 1 },
      ...{ opportunities: 6, openOpportunities: 3, wonOpportunities: 2 },
      ...{ currency: 'EUR', wonAmount: '3500', openAmount: '400.0001', weightedAmount: '63' },
      ...{ actualCost: '1500.5', returnOnInvestment: '1.3326', otherCurrencies: [] },
    })
    expect(await results(top, { fields: 'membersByStatus { status count }', args: below })).toEqual({
      membersByStatus: [
        { status: 'PLANNED', count: 1 },
        { status: 'SENT', count: 2 },
        { status: 'RESPONDED', count: 1 },
      ],
    })
  })

  test('adds up one currency and names the others, and tells no return then', async () => {
    const mixed = await gateway.create('campaign', { name: 'Mixed', currency: 'EUR', actualCost: '10' })
    await opportunity(mixed, { stageId: won, amount: '20' })
    await opportunity(mixed, { stageId: won, amount: '70', currency: 'USD' })
    await opportunity(mixed, { amount: '5', currency: 'CNY' })
    const fields = 'wonOpportunities wonAmount openAmount returnOnInvestment otherCurrencies'
    expect(await results(mixed, { fields })).toEqual({
      ...{ wonOpportunities: 2, wonAmount: '20', openAmount: '0' },
      ...{ returnOnInvestment: null, otherCurrencies: ['CNY', 'USD'] },
    })
    const parent = await gateway.create('campaign', { name: 'Parent', currency: 'USD', actualCost: '1' })
    await gateway.refusals('campaignUpdate', { id: mixed, parentId: parent })
    expect(await results(parent, { fields: `actualCost ${fields}`, args: below })).toEqual({
      ...{ actualCost: '1', wonOpportunities: 2, wonAmount: '70', openAmount: '0' },
      ...{ returnOnInvestment: null, otherCurrencies: ['CNY', 'EUR'] },
    })
  })

  test('is as far as the viewer may see it', async () => {
    const shared = await gateway.create('campaign', { name: 'Shared', currency: 'EUR', actualCost: '100' })
    const child = await gateway.create('campaign', { name: 'Child', currency: 'EUR', parentId: shared })
    for (const as of ['administrator', 'agent'] as const) {
      await lead(shared, as)
      await opportunity(shared, { stageId: won, amount: '150' }, as)
      await opportunity(child, { amount: '7', probability: 50 }, as)
    }
    const fields = 'leads opportunities wonAmount weightedAmount returnOnInvestment'
    expect(await results(shared, { fields, args: below })).toEqual({
      ...{ leads: 2, opportunities: 4, wonAmount: '300', weightedAmount: '7', returnOnInvestment: '2' },
    })
    expect(await results(shared, { fields, args: below, as: 'agent' })).toEqual({
      ...{ leads: 1, opportunities: 2, wonAmount: '150', weightedAmount: '3.5', returnOnInvestment: '0.5' },
    })
  })

  test('does not come of a campaign below that is deleted', async () => {
    const above = await gateway.create('campaign', { name: 'Above' })
    const gone = await gateway.create('campaign', { name: 'Gone', parentId: above })
    await lead(gone)
    expect(await results(above, { fields: 'campaigns leads', args: below })).toEqual({
      campaigns: 2,
      leads: 1,
    })
    await gateway.refusals('campaignDelete', { id: gone })
    expect(await results(above, { fields: 'campaigns leads', args: below })).toEqual({
      campaigns: 1,
      leads: 0,
    })
    expect(await results(gone, { fields: 'campaigns leads' })).toEqual({ campaigns: 1, leads: 1 })
  })

  test('takes one statement for all campaigns of a level, and one more for those below', async () => {
    const count = async (first: number, selection: string) => {
      const query = `query ($first: Int) { campaigns(first: $first) { nodes { ${selection} } } }`
      return (await gateway.statementsOf(() => gateway.data(query, { first }))).length
    }
    const both = `results { leads } all: results${below} { leads }`
    for (const first of [1, 8]) expect(await count(first, `results { ${figures} }`)).toBe(2)
    for (const first of [1, 8]) expect(await count(first, both)).toBe(3)
  })
})

describe('what a marketing plan spends', () => {
  test("is what its campaigns may cost and have cost, in the plan's currency", async () => {
    const planId = await gateway.create('marketingPlan', {
      ...{ name: 'Year', startDate: '2026-01-01', endDate: '2026-12-31', budget: '1000', currency: 'EUR' },
    })
    const fields = 'campaigns currency campaignBudget actualCost remaining otherCurrencies'
    const spending = async (id = planId) =>
      valueAt(
        await gateway.data(`query ($id: ID!) { marketingPlan(id: $id) { spending { ${fields} } } }`, { id }),
        'marketingPlan.spending',
      )
    const none = { campaigns: 0, currency: 'EUR', campaignBudget: '0', actualCost: '0', otherCurrencies: [] }
    expect(await spending()).toEqual({ ...none, remaining: '1000' })
    const campaign = (input: Values) =>
      gateway.create('campaign', { name: 'Planned', currency: 'EUR', planId, ...input })
    await campaign({ budget: '600', actualCost: '650.25' })
    const second = await campaign({ budget: '300' })
    await campaign({})
    expect(await spending()).toEqual({
      ...{ campaigns: 3, currency: 'EUR', campaignBudget: '900', actualCost: '650.25' },
      ...{ remaining: '349.75', otherCurrencies: [] },
    })
    await campaign({ actualCost: '1', currency: 'CNY' })
    await gateway.refusals('campaignDelete', { id: second })
    expect(await spending()).toEqual({
      ...{ campaigns: 3, currency: 'EUR', campaignBudget: '600', actualCost: '650.25' },
      ...{ remaining: null, otherCurrencies: ['CNY'] },
    })
    const open = await gateway.create('marketingPlan', {
      ...{ name: 'Open', startDate: '2026-01-01', endDate: '2026-12-31' },
    })
    expect(await spending(open)).toEqual({ ...none, currency: 'USD', remaining: null })
  })

  test('takes one statement for all plans', async () => {
    const query = '{ marketingPlans { nodes { name spending { actualCost } } } }'
    expect(await gateway.statementsOf(() => gateway.data(query))).toHaveLength(2)
  })
})
