import {
  codesOf,
  createTestGateway,
  fieldsAt,
  listAt,
  type TestGateway,
  textAt,
  valueAt,
} from '@trellis/testing'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let gateway: TestGateway
/** Ids of the pipeline that is the default one from the start, and of its stages by code. */
let usual: string
let stages: Readonly<Record<string, string>>
beforeAll(async () => {
  gateway = await createTestGateway()
  const answer = await gateway.data('{ pipelines { nodes { id stages { code id } } } }')
  usual = textAt(answer, 'pipelines.nodes.0.id')
  stages = Object.fromEntries(
    listAt(answer, 'pipelines.nodes.0.stages').map(stage => [valueAt(stage, 'code'), valueAt(stage, 'id')]),
  )
})
afterAll(() => gateway[Symbol.asyncDispose]())

type Values = Readonly<Record<string, unknown>>
type Ids = Readonly<Record<string, string>>

let serial = 0
/** A pipeline of its own with these stages, by their codes. */
async function makePipeline(types: Ids = { OPEN: 'OPEN', WON: 'WON', LOST: 'LOST' }) {
  serial += 1
  const pipelineId = await gateway.create('pipeline', { name: `Pipeline ${serial}` })
  const made: Record<string, string> = {}
  for (const [index, [code, type]] of Object.entries(types).entries())
    made[code] = await gateway.create('pipelineStage', {
      ...{ pipelineId, name: code, code, type, position: index + 1 },
      ...(type === 'OPEN' && { probability: 10 }),
    })
  return { id: pipelineId, stages: made }
}
const stage = (input: Values) =>
  gateway.refusals('pipelineStageCreate', { name: 'New', position: 9, ...input })
const update = (entity: string, id: string | undefined, input: Values) =>
  gateway.refusals(`${entity}Update`, { id, ...input })
const remove = (entity: string, id: string | undefined) => gateway.refusals(`${entity}Delete`, { id })
const read = async (id: string | undefined, fields: string) =>
  valueAt(
    await gateway.data(`query ($id: ID!) { pipelineStage(id: $id) { ${fields} } }`, { id }),
    'pipelineStage',
  )
const defaults = async () =>
  fieldsAt(
    await gateway.data('{ pipelines(filter: { isDefault: { eq: true } }) { nodes { id } } }'),
    'pipelines.nodes',
    'id',
  )
/** The message of a mutation's only userError. */
const message = async (mutation: string, input: Values) => {
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`
  const answer = await gateway.data(
    `mutation ($input: ${type}!) { done: ${mutation}(input: $input) { userErrors { message } } }`,
    { input },
  )
  return textAt(answer, 'done.userErrors.0.message')
}

describe('the default pipeline', () => {
  test('is one: another one that becomes it takes it, and has to be complete', async () => {
    expect(await gateway.refusals('pipelineCreate', { name: 'Empty', isDefault: true })).toEqual([
      'INCOMPLETE input.isDefault',
    ])
    const half = await makePipeline({ OPEN: 'OPEN', WON: 'WON' })
    expect(await message('pipelineUpdate', { id: half.id, isDefault: true })).toContain(
      'no stage of type LOST',
    )
    expect(await defaults()).toEqual([usual])

    const whole = await makePipeline()
    expect(await update('pipeline', whole.id, { isDefault: true })).toEqual([])
    expect(await defaults()).toEqual([whole.id])
    const answer = await gateway.data('query ($id: ID!) { pipeline(id: $id) { isDefault version } }', {
      id: usual,
    })
    expect(answer).toEqual({ pipeline: { isDefault: false, version: 2 } })
    const opportunityId = await gateway.create('opportunity', { name: 'Goes there' })
    expect(
      await gateway.data('query ($id: ID!) { opportunity(id: $id) { pipeline { id } } }', {
        id: opportunityId,
      }),
    ).toEqual({ opportunity: { pipeline: { id: whole.id } } })
    await update('pipeline', usual, { isDefault: true })
  })

  test('is not given up, nor deleted', async () => {
    expect(await update('pipeline', usual, { isDefault: false })).toEqual(['REQUIRED input.isDefault'])
    expect(await remove('pipeline', usual)).toEqual(['IN_USE input.id'])
    expect(await update('pipeline', usual, { isDefault: true, name: 'Sales' })).toEqual([])
    expect(await defaults()).toEqual([usual])
  })

  test('is one in bulk, too', async () => {
    const [one, two] = [await makePipeline(), await makePipeline()]
    const names = await gateway.data('query ($ids: [ID!]!) { pipelinesByIds(ids: $ids) { name } }', {
      ids: [one.id, two.id],
    })
    const items = fieldsAt(names, 'pipelinesByIds', 'name').map((name, index) => ({
      externalId: `${index}`,
      name: `${String(name)} b`,
    }))
    const upsert = async (more: readonly Values[]) => {
      const answer = await gateway.data(
        `mutation ($items: [PipelineUpsertItem!]!) { done: pipelineBulkUpsert(input: { system: "erp", items: $items }) { results { id } userErrors { code path } } }`,
        { items: items.map((item, index) => ({ ...item, ...more[index] })) },
      )
      return valueAt(answer, 'done')
    }
    const ids = fieldsAt(await upsert([{}, {}]), 'results', 'id').map(String)
    for (const pipelineId of ids)
      for (const type of ['WON', 'LOST', 'OPEN'])
        await gateway.create('pipelineStage', {
          pipelineId,
          name: type,
          code: type,
          type,
          position: 1,
          ...(type === 'OPEN' && { probability: 5 }),
        })
    const both = await upsert([{ isDefault: true }, { isDefault: true }])
    expect(valueAt(both, 'userErrors')).toEqual([
      { code: 'CONTRADICTION', path: ['input', 'items', '1', 'isDefault'] },
    ])
    expect(valueAt(await upsert([{ isDefault: true }, {}]), 'userErrors')).toEqual([])
    expect(valueAt(await upsert([{ isDefault: false }, { isDefault: true }]), 'userErrors')).toEqual([])
    expect(await defaults()).toEqual([ids[1]])
    await update('pipeline', usual, { isDefault: true })
  })

  test('is one when several become it at once', async () => {
    const made = [await makePipeline(), await makePipeline(), await makePipeline()]
    const attempts = made.map(({ id }) => update('pipeline', id, { isDefault: true }))
    expect(await Promise.all(attempts)).toEqual([[], [], []])
    expect(await defaults()).toHaveLength(1)
    await update('pipeline', usual, { isDefault: true })
    expect(await defaults()).toEqual([usual])
  })
})

describe('a stage', () => {
  test('has a code of its own in its pipeline, deleted ones included', async () => {
    const { id: pipelineId, stages: made } = await makePipeline()
    expect(await stage({ pipelineId, code: 'OPEN', probability: 1 })).toEqual(['TAKEN input.code'])
    expect(await update('pipelineStage', made['WON'], { code: 'LOST' })).toEqual(['TAKEN input.code'])
    expect(await remove('pipelineStage', made['LOST'])).toEqual([])
    expect(await stage({ pipelineId, code: 'LOST', probability: 1 })).toEqual(['TAKEN input.code'])
    expect(await update('pipelineStage', made['WON'], { code: 'WON', name: 'Same' })).toEqual([])
    const other = await makePipeline({})
    expect(await stage({ pipelineId: other.id, code: 'OPEN', probability: 1 })).toEqual([])
  })

  test('is won with certainty, lost with none, and else as likely as it says', async () => {
    const { id: pipelineId } = await makePipeline({})
    expect(await stage({ pipelineId, code: 'A' })).toEqual(['REQUIRED input.probability'])
    expect(await stage({ pipelineId, code: 'A', type: 'WON', probability: 99 })).toEqual([
      'OUT_OF_RANGE input.probability',
    ])
    expect(await stage({ pipelineId, code: 'A', type: 'LOST', probability: 1 })).toEqual([
      'OUT_OF_RANGE input.probability',
    ])
    const make = (code: string, input: Values) =>
      gateway.create('pipelineStage', { pipelineId, name: code, code, position: 1, ...input })
    const facts = 'probability forecastCategory'
    expect(await read(await make('W', { type: 'WON' }), facts)).toEqual({
      probability: 100,
      forecastCategory: 'CLOSED',
    })
    expect(await read(await make('L', { type: 'LOST', probability: 0 }), facts)).toEqual({
      probability: 0,
      forecastCategory: 'OMITTED',
    })
    const open = await make('O', { probability: 40, forecastCategory: 'COMMIT' })
    expect(await read(open, facts)).toEqual({ probability: 40, forecastCategory: 'COMMIT' })
    expect(await update('pipelineStage', open, { type: 'WON', probability: 40 })).toEqual([
      'OUT_OF_RANGE input.probability',
    ])
    expect(await update('pipelineStage', open, { type: 'WON' })).toEqual([])
    expect(await read(open, facts)).toEqual({ probability: 100, forecastCategory: 'CLOSED' })
    expect(await update('pipelineStage', open, { probability: 50 })).toEqual([
      'OUT_OF_RANGE input.probability',
    ])
    expect(await update('pipelineStage', open, { type: 'OPEN', probability: 50 })).toEqual([])
  })

  test('stays, and what it is, while opportunities are in it', async () => {
    const { stages: made } = await makePipeline({ OPEN: 'OPEN', NEXT: 'OPEN', WON: 'WON', LOST: 'LOST' })
    const opportunity = await gateway.create('opportunity', { name: 'In it', stageId: made['OPEN'] })
    expect(await message('pipelineStageDelete', { id: made['OPEN'] })).toBe(
      'The stage "OPEN" has 1 opportunities; move them to another one first.',
    )
    expect(await remove('pipelineStage', made['OPEN'])).toEqual(['IN_USE input.id'])
    expect(await update('pipelineStage', made['OPEN'], { type: 'WON' })).toEqual(['IN_USE input.type'])
    expect(
      await update('pipelineStage', made['OPEN'], { name: 'Renamed', probability: 33, type: 'OPEN' }),
    ).toEqual([])
    await gateway.refusals('opportunityMoveStage', { id: opportunity, stageId: made['NEXT'] })
    expect(await remove('pipelineStage', made['OPEN'])).toEqual([])
    const answer = await gateway.data(
      'query ($id: ID!) { opportunity(id: $id) { stageHistory { stage { name deletedAt } } } }',
      { id: opportunity },
    )
    expect(fieldsAt(answer, 'opportunity.stageHistory', 'stage')).toEqual([
      { name: 'Renamed', deletedAt: '2026-03-01T12:00:00.000Z' },
      { name: 'NEXT', deletedAt: null },
    ])
  })

  test('is not turned into another one while a deleted opportunity might come back to it', async () => {
    const { stages: made } = await makePipeline({ OPEN: 'OPEN', NEXT: 'OPEN', WON: 'WON', LOST: 'LOST' })
    const opportunity = await gateway.create('opportunity', { name: 'Gone', stageId: made['NEXT'] })
    await gateway.refusals('opportunityDelete', { id: opportunity })
    expect(await update('pipelineStage', made['NEXT'], { type: 'WON' })).toEqual(['IN_USE input.type'])
    expect(await remove('pipelineStage', made['NEXT'])).toEqual([])
    expect(await gateway.refusals('opportunityRestore', { id: opportunity })).toEqual([
      'INVALID_STAGE input.id',
    ])
    expect(await gateway.refusals('pipelineStageRestore', { id: made['NEXT'] })).toEqual([])
    expect(await gateway.refusals('opportunityRestore', { id: opportunity })).toEqual([])
  })

  test('is not the last of its type that leaves a pipeline in use', async () => {
    const { id: pipelineId, stages: made } = await makePipeline()
    await gateway.create('opportunity', { name: 'In use', stageId: made['OPEN'] })
    expect(await remove('pipelineStage', made['WON'])).toEqual(['INCOMPLETE input.id'])
    expect(await update('pipelineStage', made['LOST'], { type: 'OPEN' })).toEqual(['INCOMPLETE input.type'])
    expect(await remove('pipelineStage', stages['CLOSED_WON'])).toEqual(['INCOMPLETE input.id'])
    expect(await stage({ pipelineId, code: 'W2', type: 'WON' })).toEqual([])
    expect(await remove('pipelineStage', made['WON'])).toEqual([])
  })

  test('goes and comes back as it likes in a pipeline that nobody uses', async () => {
    const { stages: made } = await makePipeline()
    for (const id of Object.values(made)) expect(await remove('pipelineStage', id)).toEqual([])
    for (const id of Object.values(made))
      expect(await gateway.refusals('pipelineStageRestore', { id })).toEqual([])
  })

  test('is not the last one gone when two go at once', async () => {
    const { stages: made } = await makePipeline({ OPEN: 'OPEN', W1: 'WON', W2: 'WON', LOST: 'LOST' })
    await gateway.create('opportunity', { name: 'In use', stageId: made['OPEN'] })
    const refused = await Promise.all([
      remove('pipelineStage', made['W1']),
      remove('pipelineStage', made['W2']),
    ])
    expect(refused.flat()).toEqual(['INCOMPLETE input.id'])
  })

  test('either goes or takes in an opportunity, when both happen at once', async () => {
    for (let round = 0; round < 6; round += 1) {
      const { stages: made } = await makePipeline({ OPEN: 'OPEN', NEXT: 'OPEN', WON: 'WON', LOST: 'LOST' })
      const id = await gateway.create('opportunity', { name: 'Moves', stageId: made['OPEN'] })
      const [gone, moved, created] = await Promise.all([
        remove('pipelineStage', made['NEXT']),
        gateway.refusals('opportunityMoveStage', { id, stageId: made['NEXT'] }),
        gateway.refusals('opportunityCreate', { name: 'Begins', stageId: made['NEXT'] }),
      ])
      // Refused by whoever looks first: at the reference, at the pipeline, or at what was written.
      const refused = [gone, moved, created].map(refusals => refusals.length > 0)
      expect([
        [false, true, true],
        [true, false, false],
      ]).toContainEqual(refused)
    }
  })
})

describe('a pipeline', () => {
  test('goes with its stages and comes back with them, but not while opportunities are in it', async () => {
    const { id, stages: made } = await makePipeline()
    await remove('pipelineStage', made['LOST'])
    const opportunity = await gateway.create('opportunity', { name: 'In it', stageId: made['OPEN'] })
    expect(await message('pipelineDelete', { id })).toMatch(
      /^The pipeline "Pipeline \d+" has 1 opportunities; /,
    )
    await gateway.refusals('opportunityDelete', { id: opportunity })
    expect(await remove('pipeline', id)).toEqual([])
    expect(await read(made['OPEN'], 'version deletedAt')).toEqual({
      version: 2,
      deletedAt: '2026-03-01T12:00:00.000Z',
    })
    expect(await gateway.refusals('opportunityCreate', { name: 'X', stageId: made['OPEN'] })).toEqual([
      'NOT_FOUND input.stageId',
    ])
    expect(await gateway.refusals('pipelineStageRestore', { id: made['WON'] })).toEqual(['DELETED input.id'])
    expect(await gateway.refusals('pipelineRestore', { id })).toEqual([])
    expect(await read(made['OPEN'], 'deletedAt')).toEqual({ deletedAt: null })
    const { rows } = await sql<{ type: string }>`
      select type from "OutboxEvent" where "entityId" = ${made['OPEN']} order by id`.execute(
      gateway.trellis.database.session.sql,
    )
    expect(rows.map(({ type }) => type)).toEqual([
      'pipelineStage.created',
      'pipelineStage.deleted',
      'pipelineStage.restored',
    ])
  })
})

describe('the order of stages', () => {
  const codes = async (id: string) =>
    fieldsAt(
      await gateway.data('query ($id: ID!) { pipeline(id: $id) { stages { code } } }', { id }),
      'pipeline.stages',
      'code',
    )

  test('is set all at once, by one statement however many there are', async () => {
    const { id, stages: made } = await makePipeline({ A: 'OPEN', B: 'OPEN', WON: 'WON', LOST: 'LOST' })
    const order = ['B', 'LOST', 'A', 'WON']
    const statements = await gateway.statementsOf(async () =>
      expect(
        await gateway.refusals('pipelineReorderStages', {
          id,
          stageIds: order.map(code => made[code]),
          expectedVersion: 1,
        }),
      ).toEqual([]),
    )
    expect(await codes(id)).toEqual(order)
    expect(statements.filter(text => /update "PipelineStage"/.test(text))).toHaveLength(1)
    const answer = await gateway.data(
      'query ($id: ID!) { pipeline(id: $id) { version stages { position version } } }',
      { id },
    )
    expect(answer).toEqual({
      pipeline: { version: 2, stages: [1, 2, 3, 4].map(position => ({ position, version: 2 })) },
    })
  })

  test('names all stages of the pipeline, each once', async () => {
    const { id, stages: made } = await makePipeline({ A: 'OPEN', B: 'OPEN', C: 'OPEN' })
    const [a, b, c] = [made['A'], made['B'], made['C']]
    const reorder = (stageIds: readonly unknown[], input: Values = {}) =>
      gateway.refusals('pipelineReorderStages', { id, stageIds, ...input })
    expect(await reorder([c, a])).toEqual(['REQUIRED input.stageIds'])
    expect(await reorder([])).toEqual(['REQUIRED input.stageIds'])
    expect(await reorder([c, a, b, a])).toEqual(['DUPLICATE input.stageIds.3'])
    expect(await reorder([c, stages['PROPOSAL'], a, b])).toEqual(['NOT_FOUND input.stageIds.1'])
    expect(await reorder([c, b, a], { expectedVersion: 7 })).toEqual(['STALE_VERSION input.expectedVersion'])
    expect(await reorder([c, b, a], { id: 'pip_01k0000000e00800000000zzzz' })).toEqual(['NOT_FOUND input.id'])
    expect(await codes(id)).toEqual(['A', 'B', 'C'])
    await remove('pipelineStage', b)
    expect(await reorder([c, b, a])).toEqual(['NOT_FOUND input.stageIds.1'])
    expect(await reorder([c, a])).toEqual([])
    expect(await codes(id)).toEqual(['C', 'A'])
  })
})

test('an agent reads pipelines and changes none', async () => {
  const { id, stages: made } = await makePipeline()
  const as = 'agent'
  const ask = async (mutation: string) =>
    codesOf(await gateway.ask(`mutation { ${mutation} { userErrors { code } } }`, {}, { as }))
  for (const mutation of [
    `pipelineReorderStages(input: { id: "${id}", stageIds: [] })`,
    `pipelineUpdate(input: { id: "${id}", isDefault: true })`,
    `pipelineStageDelete(input: { id: "${made['OPEN'] ?? ''}" })`,
    'lostReasonCreate(input: { name: "No" })',
  ])
    expect(await ask(mutation)).toEqual(['FORBIDDEN'])
  expect(
    await gateway.data('query ($id: ID!) { pipeline(id: $id) { stages { code } } }', { id }, { as }),
  ).toEqual({
    pipeline: { stages: [{ code: 'OPEN' }, { code: 'WON' }, { code: 'LOST' }] },
  })
})
