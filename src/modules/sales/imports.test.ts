import { createTestGateway, fieldsAt, listAt, type TestGateway, textAt, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let gateway: TestGateway
/** Ids of the default pipeline's stages, by code. */
let stages: Readonly<Record<string, string>>
let reasons: readonly string[]
beforeAll(async () => {
  gateway = await createTestGateway()
  const answer = await gateway.data(
    '{ pipelineStages { nodes { code id } } lostReasons(first: 2) { nodes { id } } }',
  )
  stages = Object.fromEntries(
    listAt(answer, 'pipelineStages.nodes').map(stage => [valueAt(stage, 'code'), valueAt(stage, 'id')]),
  )
  reasons = fieldsAt(answer, 'lostReasons.nodes', 'id').map(String)
})
afterAll(() => gateway[Symbol.asyncDispose]())

type Item = Readonly<Record<string, unknown>>

interface Import {
  readonly entity?: string
  readonly as?: 'administrator' | 'agent'
}

/** What became of one item, or why it was refused. */
async function send(item: Item, { entity = 'Opportunity', as = 'administrator' }: Import = {}) {
  const field = `${entity.charAt(0).toLowerCase()}${entity.slice(1)}BulkUpsert`
  const answer = await gateway.data(
    `mutation ($items: [${entity}UpsertItem!]!) { done: ${field}(input: { system: "erp", items: $items }) {
      results { id status } userErrors { code path }
    } }`,
    { items: [item] },
    { as },
  )
  const errors = listAt(answer, 'done.userErrors').map(
    error => `${textAt(error, 'code')} ${listAt(error, 'path').slice(3).join('.')}`,
  )
  return errors.length > 0 ? errors : textAt(answer, 'done.results.0.status')
}
const read = async (name: string) => {
  const answer = await gateway.data(
    'query ($name: String) { opportunities(filter: { name: { eq: $name } }) { nodes { stage { code } closedAt lostReason { id } version } } }',
    { name },
  )
  return valueAt(answer, 'opportunities.nodes.0')
}

describe('an agent', () => {
  const as = 'agent'
  const lost = (name: string): Item => ({
    externalId: name,
    name,
    stageId: stages['CLOSED_LOST'],
    closedAt: '2026-02-01T00:00:00.000Z',
    lostReasonId: reasons[0],
  })

  test('moves and decides what is open', async () => {
    const item = { externalId: 'open', name: 'open', stageId: stages['PROPOSAL'] }
    expect(await send(item, { as })).toBe('CREATED')
    expect(await send({ ...item, stageId: stages['NEGOTIATION'] }, { as })).toBe('UPDATED')
    expect(await send({ ...item, stageId: stages['CLOSED_WON'] }, { as })).toBe('UPDATED')
    expect(await read('open')).toMatchObject({ stage: { code: 'CLOSED_WON' } })
  })

  test.each([
    ['leaves a decided stage', () => ({ stageId: stages['PROPOSAL'] }), 'CLOSED stageId'],
    ['turns a loss into a win', () => ({ stageId: stages['CLOSED_WON'] }), 'CLOSED stageId'],
    ['changes when it was decided', () => ({ closedAt: '2026-02-02T00:00:00Z' }), 'CLOSED closedAt'],
    ['takes back when it was decided', () => ({ closedAt: null }), 'CLOSED closedAt'],
    ['changes why it was lost', () => ({ lostReasonId: reasons[1] }), 'CLOSED lostReasonId'],
    ['takes back why it was lost', () => ({ lostReasonId: null }), 'CLOSED lostReasonId'],
  ])('never %s', async (name, more, refusal) => {
    expect(await send(lost(name), { as })).toBe('CREATED')
    const before = await read(name)
    expect(await send({ ...lost(name), ...more() }, { as })).toContain(refusal)
    expect(await read(name)).toEqual(before)
  })

  test('changes whatever else there is to a decided one, and says again how it was decided', async () => {
    expect(await send(lost('more'), { as })).toBe('CREATED')
    expect(await send({ ...lost('more'), nextStep: 'Ask why' }, { as })).toBe('UPDATED')
  })
})

test('whoever reaches all opportunities imports decisions anew', async () => {
  const item = { externalId: 'anew', name: 'anew', stageId: stages['CLOSED_WON'] }
  expect(await send(item)).toBe('CREATED')
  const closedAt = '2026-02-03T00:00:00.000Z'
  expect(await send({ ...item, stageId: stages['CLOSED_LOST'], closedAt, lostReasonId: reasons[0] })).toBe(
    'UPDATED',
  )
  expect(await read('anew')).toEqual({
    stage: { code: 'CLOSED_LOST' },
    closedAt,
    lostReason: { id: reasons[0] },
    version: 2,
  })
  expect(await send({ ...item, stageId: stages['PROPOSAL'] })).toBe('UPDATED')
  expect(await read('anew')).toEqual({
    stage: { code: 'PROPOSAL' },
    closedAt: null,
    lostReason: null,
    version: 3,
  })
})

test('a stage stays in its pipeline, a line in its opportunity', async () => {
  const pipelines = [
    await gateway.create('pipeline', { name: 'One' }),
    await gateway.create('pipeline', { name: 'Two' }),
  ]
  const stage = { externalId: 's', name: 'Ask', code: 'ASK', position: 1, probability: 1 }
  const stageOf = (pipelineId: unknown) => ({ ...stage, pipelineId })
  expect(await send(stageOf(pipelines[0]), { entity: 'PipelineStage' })).toBe('CREATED')
  expect(await send(stageOf(pipelines[1]), { entity: 'PipelineStage' })).toEqual([
    'NOT_CHANGEABLE pipelineId',
  ])
  expect(await send({ ...stageOf(pipelines[0]), name: 'Ask again' }, { entity: 'PipelineStage' })).toBe(
    'UPDATED',
  )
  expect(await send({ ...stage, name: 'Ask once more' }, { entity: 'PipelineStage' })).toBe('UPDATED')

  const productId = await gateway.create('product', { sku: 'STAY', name: 'Stay', price: '1' })
  const wholes = [
    await gateway.create('opportunity', { name: 'First' }),
    await gateway.create('opportunity', { name: 'Second' }),
  ]
  const line = (opportunityId: unknown) => ({ externalId: 'l', productId, opportunityId, unitPrice: '1' })
  expect(await send(line(wholes[0]), { entity: 'OpportunityLine' })).toBe('CREATED')
  expect(await send(line(wholes[1]), { entity: 'OpportunityLine' })).toEqual(['NOT_CHANGEABLE opportunityId'])
})

test('a lost reason that is not active any more is chosen nowhere, and stays where it was', async () => {
  const lostReasonId = await gateway.create('lostReason', { name: 'Out of fashion' })
  const item = { externalId: 'reason', name: 'reason', stageId: stages['CLOSED_LOST'], lostReasonId }
  expect(await send(item)).toBe('CREATED')
  await gateway.refusals('lostReasonUpdate', { id: lostReasonId, isActive: false })

  const id = await gateway.create('opportunity', { name: 'Boxes' })
  expect(await gateway.refusals('opportunityClose', { id, outcome: 'LOST', lostReasonId })).toEqual([
    'INACTIVE input.lostReasonId',
  ])
  expect(
    await gateway.refusals('opportunityCreate', {
      name: 'Boxes',
      stageId: stages['CLOSED_LOST'],
      lostReasonId,
    }),
  ).toEqual(['INACTIVE input.lostReasonId'])
  expect(await send({ ...item, externalId: 'new' })).toEqual(['INACTIVE lostReasonId'])
  expect(await send({ ...item, nextStep: 'Ask why' })).toBe('UPDATED')
})
