import { createTestGateway, fieldsAt, listAt, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let gateway: TestGateway
/** Ids of the default pipeline's stages, by code. */
let stages: Readonly<Record<string, string>>
let reason: string
beforeAll(async () => {
  gateway = await createTestGateway()
  const answer = await gateway.data(
    '{ pipelineStages(orderBy: { field: POSITION }) { nodes { code id } } lostReasons(first: 1) { nodes { id } } }',
  )
  stages = Object.fromEntries(
    listAt(answer, 'pipelineStages.nodes').map(stage => [valueAt(stage, 'code'), valueAt(stage, 'id')]),
  )
  reason = String(valueAt(answer, 'lostReasons.nodes.0.id'))
})
afterAll(() => gateway[Symbol.asyncDispose]())

const usual = 'stage { code } pipeline { isDefault } probability forecastCategory closedAt lostReason { id }'
const read = async (id: string, fields = usual) =>
  valueAt(
    await gateway.data(`query ($id: ID!) { opportunity(id: $id) { ${fields} } }`, { id }),
    'opportunity',
  )
const create = (input: Readonly<Record<string, unknown>> = {}) =>
  gateway.create('opportunity', { name: 'Boxes', ...input })
const move = (id: string, code: string) =>
  gateway.refusals('opportunityMoveStage', { id, stageId: stages[code] })
const close = (id: string, more: Readonly<Record<string, unknown>>) =>
  gateway.refusals('opportunityClose', { id, ...more })
const now = '2026-03-01T12:00:00.000Z'
const open = { pipeline: { isDefault: true }, closedAt: null, lostReason: null }

describe('a new opportunity', () => {
  test('begins at the first open stage of the default pipeline', async () => {
    expect(await read(await create())).toEqual({
      ...open,
      stage: { code: 'PROSPECTING' },
      probability: 10,
      forecastCategory: 'PIPELINE',
    })
  })

  test('takes probability and forecast from its stage, unless it says otherwise', async () => {
    const stageId = stages['NEGOTIATION']
    expect(await read(await create({ stageId }))).toEqual({
      ...open,
      stage: { code: 'NEGOTIATION' },
      probability: 80,
      forecastCategory: 'COMMIT',
    })
    expect(
      await read(
        await create({ stageId, probability: 5, forecastCategory: 'OMITTED' }),
        'probability forecastCategory',
      ),
    ).toEqual({ probability: 5, forecastCategory: 'OMITTED' })
  })

  test('may come in won or lost already, now unless it says when', async () => {
    const won = await create({ stageId: stages['CLOSED_WON'] })
    expect(await read(won, 'closedAt probability')).toEqual({ closedAt: now, probability: 100 })
    const lost = await create({
      stageId: stages['CLOSED_LOST'],
      closedAt: '2020-05-05T00:00:00Z',
      lostReasonId: reason,
    })
    expect(await read(lost, 'closedAt probability lostReason { id }')).toEqual({
      closedAt: '2020-05-05T00:00:00.000Z',
      probability: 0,
      lostReason: { id: reason },
    })
  })

  test.each([
    ['a probability of 150', () => ({ probability: 150 }), 'OUT_OF_RANGE input.probability'],
    ['a negative probability', () => ({ probability: -1 }), 'OUT_OF_RANGE input.probability'],
    ['a negative amount', () => ({ amount: '-1' }), 'OUT_OF_RANGE input.amount'],
    ['an unknown stage', () => ({ stageId: 'stg_01k0000000e00800000000zzzz' }), 'NOT_FOUND input.stageId'],
    [
      'a stage that is a pipeline',
      () => ({ stageId: 'pip_01k0000000e008000000000001' }),
      'NOT_FOUND input.stageId',
    ],
    [
      'an unknown customer',
      () => ({ customerId: 'cus_01k0000000e00800000000zzzz' }),
      'NOT_FOUND input.customerId',
    ],
    [
      'a time of closing while it is open',
      () => ({ closedAt: '2026-01-01T00:00:00Z' }),
      'CONTRADICTION input.closedAt',
    ],
    [
      'a reason for its loss while it is open',
      () => ({ lostReasonId: reason }),
      'CONTRADICTION input.lostReasonId',
    ],
    [
      'a reason for its loss when it was won',
      () => ({ stageId: stages['CLOSED_WON'], lostReasonId: reason }),
      'CONTRADICTION input.lostReasonId',
    ],
    [
      'a time of closing that is still to come',
      () => ({ stageId: stages['CLOSED_WON'], closedAt: '2026-03-01T12:00:00.001Z' }),
      'OUT_OF_RANGE input.closedAt',
    ],
  ])('is refused with %s', async (_, wrong, refusal) => {
    expect(await gateway.refusals('opportunityCreate', { name: 'Wrong', ...wrong() })).toEqual([refusal])
  })
})

describe('a stage', () => {
  test('is left for another, whose probability and forecast come with it', async () => {
    const id = await create({ probability: 33 })
    expect(await move(id, 'PROPOSAL')).toEqual([])
    expect(await read(id)).toEqual({
      ...open,
      stage: { code: 'PROPOSAL' },
      probability: 50,
      forecastCategory: 'BEST_CASE',
    })
    expect(await move(id, 'QUALIFICATION')).toEqual([])
    expect(await read(id, 'stage { code } version')).toEqual({ stage: { code: 'QUALIFICATION' }, version: 3 })
  })

  test("is not left for itself, for a closed one, for another pipeline's, or for none", async () => {
    const id = await create()
    const pipelineId = await gateway.create('pipeline', { name: 'Renewals' })
    const elsewhere = await gateway.create('pipelineStage', {
      pipelineId,
      name: 'Ask',
      code: 'ASK',
      position: 1,
      probability: 50,
    })
    const to = (stageId: unknown) => gateway.refusals('opportunityMoveStage', { id, stageId })
    for (const stageId of [
      stages['PROSPECTING'],
      stages['CLOSED_WON'],
      stages['CLOSED_LOST'],
      elsewhere,
      'stg_01k0000000e00800000000zzzz',
      id,
      '',
    ])
      expect(await to(stageId)).toEqual(['INVALID_STAGE input.stageId'])
    expect(await read(id, 'stage { code } version')).toEqual({ stage: { code: 'PROSPECTING' }, version: 1 })
  })

  test('is not left by who read an older version', async () => {
    const id = await create()
    await move(id, 'PROPOSAL')
    const stale = { id, expectedVersion: 1 }
    expect(
      await gateway.refusals('opportunityMoveStage', { ...stale, stageId: stages['QUALIFICATION'] }),
    ).toEqual(['STALE_VERSION input.expectedVersion'])
    expect(await gateway.refusals('opportunityClose', { ...stale, outcome: 'WON' })).toEqual([
      'STALE_VERSION input.expectedVersion',
    ])
  })

  test('is not one of the fields that an update takes', async () => {
    const fields = fieldsAt(
      await gateway.data('{ __type(name: "OpportunityUpdateInput") { inputFields { name } } }'),
      '__type.inputFields',
      'name',
    )
    for (const field of ['stageId', 'pipelineId', 'closedAt', 'lostReasonId', 'stageHistory'])
      expect(fields).not.toContain(field)
  })
})

describe('an opportunity is closed', () => {
  test('as won', async () => {
    const id = await create()
    expect(await close(id, { outcome: 'WON' })).toEqual([])
    expect(await read(id)).toEqual({
      ...open,
      stage: { code: 'CLOSED_WON' },
      probability: 100,
      forecastCategory: 'CLOSED',
      closedAt: now,
    })
  })

  test('as lost, for a reason and some time ago', async () => {
    const id = await create({ stageEnteredAt: '2026-01-01T00:00:00Z' })
    expect(
      await close(id, { outcome: 'LOST', lostReasonId: reason, closedAt: '2026-02-28T23:59:59+08:00' }),
    ).toEqual([])
    expect(await read(id)).toEqual({
      ...open,
      stage: { code: 'CLOSED_LOST' },
      probability: 0,
      forecastCategory: 'OMITTED',
      closedAt: '2026-02-28T15:59:59.000Z',
      lostReason: { id: reason },
    })
  })

  test('never without a reason when lost, with one when won, or ahead of time', async () => {
    const id = await create()
    expect(await close(id, { outcome: 'LOST' })).toEqual(['REQUIRED input.lostReasonId'])
    expect(await close(id, { outcome: 'LOST', lostReasonId: 'lsr_01k0000000e00800000000zzzz' })).toEqual([
      'NOT_FOUND input.lostReasonId',
    ])
    expect(await close(id, { outcome: 'WON', lostReasonId: reason })).toEqual([
      'CONTRADICTION input.lostReasonId',
    ])
    expect(await close(id, { outcome: 'WON', closedAt: '2026-03-01T12:00:00.001Z' })).toEqual([
      'OUT_OF_RANGE input.closedAt',
    ])
    expect(await read(id, 'version')).toEqual({ version: 1 })
  })

  test('once: it is neither closed again nor moved after', async () => {
    const id = await create()
    await close(id, { outcome: 'WON' })
    expect(await close(id, { outcome: 'LOST', lostReasonId: reason })).toEqual(['CLOSED input.id'])
    expect(await move(id, 'PROPOSAL')).toEqual(['CLOSED input.id'])
  })

  test('once, also by two who close it at once', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await create()
      const attempts = [
        close(id, { outcome: 'WON' }),
        close(id, { outcome: 'LOST', lostReasonId: reason }),
        close(id, { outcome: 'WON' }),
      ]
      const refused = (await Promise.all(attempts)).filter(refusals => refusals.length > 0)
      expect(refused).toEqual([['CLOSED input.id'], ['CLOSED input.id']])
    }
  })

  test('for good, also while others move it', async () => {
    for (let round = 0; round < 5; round += 1) {
      const id = await create()
      await Promise.all([move(id, 'PROPOSAL'), close(id, { outcome: 'WON' }), move(id, 'NEGOTIATION')])
      expect(await read(id, 'stage { code } probability closedAt')).toEqual({
        stage: { code: 'CLOSED_WON' },
        probability: 100,
        closedAt: now,
      })
    }
  })

  test('only where it is, and not when it was deleted', async () => {
    expect(await close('opp_01k0000000e00800000000zzzz', { outcome: 'WON' })).toEqual(['NOT_FOUND input.id'])
    const id = await create()
    await gateway.refusals('opportunityDelete', { id })
    expect(await close(id, { outcome: 'WON' })).toEqual(['DELETED input.id'])
    expect(await move(id, 'PROPOSAL')).toEqual(['DELETED input.id'])
  })
})

test('lines stand in their order, and are money', async () => {
  const opportunityId = await create()
  const productId = await gateway.create('product', { sku: 'LINE', name: 'Line', price: '1' })
  const line = (position: number, quantity: string, unitPrice: string) =>
    gateway.create('opportunityLine', { opportunityId, productId, position, quantity, unitPrice })
  await line(2, '1.5', '0.0002')
  await line(1, '1', '99999999999999.9999')
  expect(await read(opportunityId, 'lines { position quantity unitPrice total product { sku } }')).toEqual({
    lines: [
      {
        position: 1,
        quantity: '1',
        unitPrice: '99999999999999.9999',
        total: '99999999999999.9999',
        product: { sku: 'LINE' },
      },
      { position: 2, quantity: '1.5', unitPrice: '0.0002', total: '0.0003', product: { sku: 'LINE' } },
    ],
  })
  for (const [wrong, refusal] of [
    [{ quantity: '-1' }, 'OUT_OF_RANGE input.quantity'],
    [{ unitPrice: '-1' }, 'OUT_OF_RANGE input.unitPrice'],
    [{ position: 0 }, 'OUT_OF_RANGE input.position'],
    [{ quantity: '2', unitPrice: '99999999999999.9999' }, 'OUT_OF_RANGE input'],
    [{ productId: opportunityId }, 'NOT_FOUND input.productId'],
  ] as const)
    expect(
      await gateway.refusals('opportunityLineCreate', { opportunityId, productId, unitPrice: '1', ...wrong }),
    ).toEqual([refusal])
})
