import { codesOf, createTestGateway, type TestGateway, textAt, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

type Values = Readonly<Record<string, unknown>>

const campaign = (input: Values = {}) => gateway.create('campaign', { name: 'Fair', ...input })

describe('dates', () => {
  test.each([
    ['campaign', { name: 'Dated' }],
    ['marketingPlan', { name: 'Dated', startDate: '2026-01-01', endDate: '2026-12-31' }],
  ])('of a %s end after they begin, whichever of them changes', async (entity, input) => {
    const [startDate, endDate] = ['2026-02-02', '2026-02-01']
    expect(await gateway.refusals(`${entity}Create`, { ...input, startDate, endDate })).toEqual([
      'OUT_OF_RANGE input.endDate',
    ])
    const id = await gateway.create(entity, { ...input, startDate: endDate, endDate: startDate })
    const change = (more: Values) => gateway.refusals(`${entity}Update`, { id, ...more })
    expect(await change({ endDate: '2026-01-31' })).toEqual(['OUT_OF_RANGE input.endDate'])
    expect(await change({ startDate: '2026-02-03' })).toEqual(['OUT_OF_RANGE input.startDate'])
    expect(await change({ startDate: '2026-03-01', endDate: '2026-03-01' })).toEqual([])
  })

  test('of a campaign may be open', async () => {
    const id = await campaign({ endDate: '2026-01-01' })
    expect(await gateway.refusals('campaignUpdate', { id, startDate: '2026-01-02' })).toEqual([
      'OUT_OF_RANGE input.startDate',
    ])
    expect(await gateway.refusals('campaignUpdate', { id, startDate: '2026-01-02', endDate: null })).toEqual(
      [],
    )
  })
})

test.each(['budget', 'actualCost', 'expectedRevenue'])('a campaign has no negative %s', async amount => {
  expect(await gateway.refusals('campaignCreate', { name: 'X', [amount]: '-0.01' })).toEqual([
    `OUT_OF_RANGE input.${amount}`,
  ])
})

describe('campaigns below others', () => {
  test('make no circle, nor do two changes at once', async () => {
    const top = await campaign()
    const middle = await campaign({ parentId: top })
    const bottom = await campaign({ parentId: middle })
    const put = (id: string, parentId: string) => gateway.refusals('campaignUpdate', { id, parentId })
    expect(await put(top, bottom)).toEqual(['CYCLE input.parentId'])
    expect(await put(top, top)).toEqual(['CYCLE input.parentId'])
    const [one, other] = [await campaign(), await campaign()]
    const refused = (await Promise.all([put(one, other), put(other, one)])).flat()
    expect(refused).toEqual(['CYCLE input.parentId'])
  })

  test('keep the one above from being deleted', async () => {
    const top = await campaign()
    const below = await campaign({ parentId: top })
    const answer = await gateway.data(
      'mutation ($id: ID!) { campaignDelete(input: { id: $id }) { userErrors { code message path } } }',
      { id: top },
    )
    expect(valueAt(answer, 'campaignDelete.userErrors')).toEqual([
      {
        code: 'IN_USE',
        message: 'The campaign "Fair" has 1 below it; delete them, or put them elsewhere, first.',
        path: ['input', 'id'],
      },
    ])
    expect(await gateway.refusals('campaignDelete', { id: below })).toEqual([])
    expect(await gateway.refusals('campaignDelete', { id: top })).toEqual([])
  })

  test('come back below one that is there, or together with it', async () => {
    const top = await campaign()
    const below = await campaign({ parentId: top })
    const both = [{ id: below }, { id: top }]
    await gateway.refusals('campaignBulkDelete', { items: both })
    expect(await gateway.refusals('campaignRestore', { id: below })).toEqual(['DELETED input.id'])
    expect(await gateway.refusals('campaignBulkRestore', { items: both })).toEqual([])
  })

  test('are not put below one that is deleted at the same time', async () => {
    for (let round = 0; round < 5; round += 1) {
      const top = await campaign()
      const gone = await campaign({ parentId: top })
      expect(await gateway.refusals('campaignDelete', { id: gone })).toEqual([])
      const attempts = await Promise.all([
        gateway.refusals('campaignDelete', { id: top }),
        gateway.refusals('campaignCreate', { name: 'Below', parentId: top }),
        gateway.refusals('campaignRestore', { id: gone }),
      ])
      const outcomes = [
        [['IN_USE input.id'], [], []],
        [[], ['NOT_FOUND input.parentId'], ['DELETED input.id']],
      ]
      expect(outcomes).toContainEqual(attempts)
    }
  })
})

test('an agent reads campaigns and plans and writes none', async () => {
  const id = await campaign()
  const as = 'agent'
  for (const mutation of [
    'campaignCreate(input: { name: "Mine" })',
    `campaignUpdate(input: { id: "${id}", name: "Mine" })`,
    `campaignMembersAdd(input: { campaignId: "${id}", contactIds: ["x"] })`,
    'marketingPlanCreate(input: { name: "Mine", startDate: "2026-01-01", endDate: "2026-01-01" })',
  ])
    expect(
      codesOf(await gateway.ask(`mutation { ${mutation} { userErrors { code } } }`, {}, { as })),
    ).toEqual(['FORBIDDEN'])
  const answer = await gateway.data('query ($id: ID!) { campaign(id: $id) { name } }', { id }, { as })
  expect(textAt(answer, 'campaign.name')).toBe('Fair')
})
