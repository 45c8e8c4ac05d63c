import { codesOf, createTestGateway, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

let gateway: TestGateway
let won: string
let present = new Date('2026-03-01T12:00:00Z')
beforeAll(async () => {
  gateway = await createTestGateway({ now: () => present })
  const answer = await gateway.data('{ pipelineStages(filter: { type: { eq: WON } }) { nodes { id } } }')
  won = String(valueAt(answer, 'pipelineStages.nodes.0.id'))
})
afterAll(() => gateway[Symbol.asyncDispose]())

const standing = async (id: string) =>
  valueAt(
    await gateway.data('query ($id: ID!) { customer(id: $id) { loyalty { tier points } } }', { id }),
    'customer.loyalty',
  )
const customer = () => gateway.create('customer', { name: 'Acme' })
const adjust = (customerId: string, points: number, reason = 'gift') =>
  gateway.refusals('loyaltyAdjust', { customerId, points, reason })

test('who has bought nothing has no points', async () => {
  expect(await standing(await customer())).toEqual({ tier: 'BRONZE', points: 0 })
})

test('won opportunities earn a point for every 100, currency by currency', async () => {
  const customerId = await customer()
  const sale = (amount: string, more: Readonly<Record<string, unknown>> = {}) =>
    gateway.create('opportunity', { name: 'Sale', customerId, amount, stageId: won, ...more })
  await sale('9950')
  await sale('99', { currency: 'EUR' })
  await sale('100000', { stageId: undefined })
  expect(await standing(customerId)).toEqual({ tier: 'BRONZE', points: 99 })
  await sale('50')
  expect(await standing(customerId)).toEqual({ tier: 'SILVER', points: 100 })
  const gone = await sale('1000000')
  expect(await standing(customerId)).toEqual({ tier: 'PLATINUM', points: 10_100 })
  await gateway.refusals('opportunityDelete', { id: gone })
  expect(await standing(customerId)).toEqual({ tier: 'SILVER', points: 100 })
})

test('points are given and taken by hand', async () => {
  const id = await customer()
  expect(await adjust(id, 1500, 'welcome')).toEqual([])
  present = new Date(present.getTime() + 1000)
  expect(await adjust(id, -501, 'broken box')).toEqual([])
  const answer = await gateway.data(
    'query ($id: ID!) { customer(id: $id) { loyalty { tier points adjustments { points reason createdAt } last: adjustments(first: 1) { reason } } } }',
    { id },
  )
  expect(valueAt(answer, 'customer.loyalty')).toEqual({
    tier: 'SILVER',
    points: 999,
    adjustments: [
      { points: -501, reason: 'broken box', createdAt: '2026-03-01T12:00:01.000Z' },
      { points: 1500, reason: 'welcome', createdAt: '2026-03-01T12:00:00.000Z' },
    ],
    last: [{ reason: 'broken box' }],
  })
})

test('sales beyond what a number holds do not cost the field', async () => {
  const customerId = await customer()
  await gateway.create('opportunity', {
    name: 'Rupiah',
    customerId,
    amount: '99999999999999',
    currency: 'IDR',
    stageId: won,
  })
  expect(await standing(customerId)).toEqual({ tier: 'PLATINUM', points: 2_147_483_647 })
})

test.each([
  ['no points', 0, 'gift', 'OUT_OF_RANGE input.points'],
  ['too many points', 1_000_001, 'gift', 'OUT_OF_RANGE input.points'],
  ['too few points', -1_000_001, 'gift', 'OUT_OF_RANGE input.points'],
  ['no reason', 1, ' ', 'REQUIRED input.reason'],
  ['a long reason', 1, 'x'.repeat(501), 'TOO_LONG input.reason'],
])('%s are refused by name, and nothing is written', async (_, points, reason, refusal) => {
  const before = await gateway.rowsIn('ext_loyalty.LoyaltyAdjustment')
  expect(await adjust(await customer(), points, reason)).toEqual([refusal])
  expect(await gateway.rowsIn('ext_loyalty.LoyaltyAdjustment')).toBe(before)
})

test('a customer that there is not gets nothing', async () => {
  for (const id of ['cus_01k0000000e00800000000zzzz', 'nonsense', gateway.userIds.agent])
    expect(await adjust(id, 1)).toEqual(['NOT_FOUND input.customerId'])
})

test('a customer that was deleted gets nothing', async () => {
  const id = await customer()
  await gateway.refusals('customerDelete', { id })
  const before = await gateway.rowsIn('ext_loyalty.LoyaltyAdjustment')
  expect(await adjust(id, 500)).toEqual(['NOT_FOUND input.customerId'])
  expect(await gateway.rowsIn('ext_loyalty.LoyaltyAdjustment')).toBe(before)
})

test('a hundred customers take as many statements as two', async () => {
  const items = Array.from({ length: 100 }, (_, index) => ({ externalId: String(index), name: 'Many' }))
  await gateway.data(
    'mutation ($items: [CustomerUpsertItem!]!) { customerBulkUpsert(input: { system: "many", items: $items }) { results { id } } }',
    { items },
  )
  const query =
    'query ($first: Int) { customers(first: $first) { nodes { loyalty { points adjustments { points } more: adjustments(first: 20) { reason } } } } }'
  const count = async (first: number) =>
    (await gateway.statementsOf(() => gateway.data(query, { first }))).length
  expect(await count(100)).toBe(await count(2))
})

test('more adjustments at once than are kept at hand are refused', async () => {
  const id = await customer()
  const codes = async (first: number) =>
    codesOf(
      await gateway.ask(
        `query ($id: ID!) { customer(id: $id) { loyalty { adjustments(first: ${first}) { id } } } }`,
        { id },
      ),
    )
  expect([await codes(0), await codes(1), await codes(100), await codes(101)]).toEqual([
    ['BAD_INPUT'],
    [],
    [],
    ['BAD_INPUT'],
  ])
})
