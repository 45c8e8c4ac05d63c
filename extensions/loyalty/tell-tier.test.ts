import { createTestGateway, listAt, type TestGateway, textAt } from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway({ background: true })
})
afterAll(() => gateway[Symbol.asyncDispose]())

const customer = (options = {}) => gateway.create('customer', { name: 'Acme' }, options)
const adjust = (customerId: string, points: number, options = {}) =>
  gateway.refusals('loyaltyAdjust', { customerId, points, reason: 'gift' }, options)

async function told(id: string) {
  await gateway.trellis.background.settle()
  const answer = await gateway.data(
    'query ($id: ID!) { customer(id: $id) { timeline(filter: { type: { startsWith: "loyalty." } }, orderBy: [{ field: ID }]) { nodes { type title data } } } }',
    { id },
  )
  return listAt(answer, 'customer.timeline.nodes')
}

const changed = {
  type: 'loyalty.tier_changed',
  title: 'Came to another tier',
  data: { adjustmentId: expect.any(String) },
}

test('an adjustment that changes the tier is told in the timeline, and no other', async () => {
  const [id, other] = [await customer(), await customer()]
  const counts: number[] = []
  for (const points of [99, 1, 899, 1, 9000, -9901, -1]) {
    expect(await adjust(id, points)).toEqual([])
    counts.push((await told(id)).length)
  }
  expect(counts).toEqual([0, 1, 1, 2, 3, 4, 4])
  expect(await told(id)).toEqual([changed, changed, changed, changed])
  expect(await adjust(other, 5)).toEqual([])
  expect(await told(other)).toEqual([])
})

test('two adjustments at once that change the tier together are told once', async () => {
  const id = await customer()
  expect(await Promise.all([adjust(id, 60), adjust(id, 60)])).toEqual([[], []])
  expect(await told(id)).toEqual([changed])
})

test('a tier goes by all sales, whoever adjusts sees, and the timeline does not say which it is', async () => {
  const agent = { as: 'agent' } as const
  const id = await customer(agent)
  const stages = await gateway.data('{ pipelineStages(filter: { type: { eq: WON } }) { nodes { id } } }')
  const stageId = textAt(stages, 'pipelineStages.nodes.0.id')
  const sale = (amount: string) => ({ name: "A colleague's", customerId: id, amount, stageId })
  await gateway.create('opportunity', sale('9000'))
  expect(await adjust(id, 10, agent)).toEqual([])
  expect(await told(id)).toEqual([changed])
  await gateway.create('opportunity', sale('1000'))
  expect(await adjust(id, 90, agent)).toEqual([])
  expect(await told(id)).toEqual([changed])
  const standing = 'query ($id: ID!) { customer(id: $id) { loyalty { tier points } } }'
  expect(await gateway.data(standing, { id }, agent)).toEqual({
    customer: { loyalty: { tier: 'SILVER', points: 100 } },
  })
  expect(await gateway.data(standing, { id })).toEqual({
    customer: { loyalty: { tier: 'SILVER', points: 200 } },
  })
})
