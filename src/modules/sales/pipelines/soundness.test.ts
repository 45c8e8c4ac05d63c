import { createTestGateway, fieldsAt, type TestGateway } from '@trellis/testing'
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

/** What somebody does next; numbers choose among what there is by then. */
const edit = fc.record({
  what: fc.constantFrom(
    ...([
      'pipelineCreate',
      'pipelineDelete',
      'pipelineRestore',
      'makeDefault',
      'makeDefault',
      'reorder',
    ] as const),
    ...(['stageCreate', 'stageCreate', 'stageRetype', 'stageDelete', 'stageRestore'] as const),
    ...(['opportunityCreate', 'opportunityCreate', 'opportunityMove', 'opportunityClose'] as const),
    ...(['opportunityDelete', 'opportunityRestore'] as const),
  ),
  one: fc.nat(),
  other: fc.nat(),
  type: fc.constantFrom('OPEN', 'WON', 'LOST'),
})
type Edit = typeof edit extends fc.Arbitrary<infer Value> ? Value : never

/** So few that edits meet. */
const recent = 8

let serial = 0
/** The newest records of a list, deleted ones included. */
const newest = async (list: string): Promise<readonly string[]> =>
  fieldsAt(
    await gateway.data(`{ list: ${list}(first: ${recent}, deleted: INCLUDE) { nodes { id } } }`),
    'list.nodes',
    'id',
  ).map(String)
const chosen = (ids: readonly string[], number: number): string => ids[number % Math.max(1, ids.length)] ?? ''

/** Makes a pipeline that has a stage of each type. */
async function createPipeline(): Promise<void> {
  const pipelineId = await gateway.create('pipeline', { name: `P${(serial += 1)}` })
  for (const [index, type] of ['OPEN', 'WON', 'LOST'].entries())
    await gateway.create('pipelineStage', {
      ...{ pipelineId, type, name: type, code: type, position: index + 1 },
      ...(type === 'OPEN' && { probability: 50 }),
    })
}

/** Does it, or is told why not; any other failure fails the test. */
async function act({ what, one, other, type }: Edit): Promise<unknown> {
  const [pipelines, stages, opportunities] = await Promise.all([
    newest('pipelines'),
    newest('pipelineStages'),
    newest('opportunities'),
  ])
  const [pipelineId, stageId, opportunityId] = [
    chosen(pipelines, one),
    chosen(stages, one),
    chosen(opportunities, one),
  ]
  const to = chosen(stages, other)
  serial += 1
  const refusals: TestGateway['refusals'] = (...asked) => gateway.refusals(...asked)
  const probability = { OPEN: other % 101, WON: undefined, LOST: undefined }[type]
  const edits: Readonly<Record<Edit['what'], () => Promise<unknown>>> = {
    pipelineCreate: () => createPipeline(),
    pipelineDelete: () => refusals('pipelineDelete', { id: pipelineId }),
    pipelineRestore: () => refusals('pipelineRestore', { id: pipelineId }),
    makeDefault: () => refusals('pipelineUpdate', { id: pipelineId, isDefault: other % 4 > 0 }),
    reorder: async () => {
      const answer = await gateway.data('query ($id: ID!) { pipeline(id: $id) { stages { id } } }', {
        id: pipelineId,
      })
      const ids = fieldsAt(answer, 'pipeline.stages', 'id')
      return refusals('pipelineReorderStages', { id: pipelineId, stageIds: ids.toReversed() })
    },
    stageCreate: () =>
      refusals('pipelineStageCreate', {
        ...{ pipelineId, type, probability, name: 'S', code: `S${other % 20}`, position: 1 },
      }),
    stageRetype: () => refusals('pipelineStageUpdate', { id: stageId, type }),
    stageDelete: () => refusals('pipelineStageDelete', { id: stageId }),
    stageRestore: () => refusals('pipelineStageRestore', { id: stageId }),
    opportunityCreate: () => refusals('opportunityCreate', { name: 'O', ...(other % 3 > 0 && { stageId }) }),
    opportunityMove: () => refusals('opportunityMoveStage', { id: opportunityId, stageId: to }),
    opportunityClose: () => refusals('opportunityClose', { id: opportunityId, outcome: 'WON' }),
    opportunityDelete: () => refusals('opportunityDelete', { id: opportunityId }),
    opportunityRestore: () => refusals('opportunityRestore', { id: opportunityId }),
  }
  return edits[what]()
}

/** Each claim with a query for what breaks it. */
const offenders: Readonly<Record<string, string>> = {
  'there is one default pipeline': `
    select count(*) from "Pipeline" where "isDefault" and "deletedAt" is null having count(*) <> 1`,
  'the default pipeline has a stage of each type': `
    select p.id from "Pipeline" p join "PipelineStage" s on s."pipelineId" = p.id and s."deletedAt" is null
    where p."isDefault" group by p.id having count(distinct s.type) < 3`,
  'no opportunity is in a stage, or a pipeline, that is gone': `
    select o.id from "Opportunity" o join "PipelineStage" s on s.id = o."stageId" join "Pipeline" p on p.id = s."pipelineId"
    where o."deletedAt" is null and (s."deletedAt" is not null or p."deletedAt" is not null)`,
  'an opportunity is in the pipeline of its stage': `
    select o.id from "Opportunity" o join "PipelineStage" s on s.id = o."stageId" where o."pipelineId" <> s."pipelineId"`,
  'what is in an open stage is not closed, and all else is': `
    select o.id from "Opportunity" o join "PipelineStage" s on s.id = o."stageId" where (s.type = 'OPEN') <> (o."closedAt" is null)`,
  'won stages are certain, lost ones hopeless': `
    select id from "PipelineStage" where (type = 'WON' and probability <> 100) or (type = 'LOST' and probability <> 0)`,
  'no stage outlives its pipeline': `
    select s.id from "PipelineStage" s join "Pipeline" p on p.id = s."pipelineId" where s."deletedAt" is null and p."deletedAt" is not null`,
  'the history of an opportunity ends where it is': `
    select o.id from "Opportunity" o left join "StageHistory" h on h."opportunityId" = o.id and h."leftAt" is null
    where h."stageId" is distinct from o."stageId"`,
}

async function broken(): Promise<readonly string[]> {
  const { sql: database } = gateway.trellis.database.session
  const found = await Promise.all(
    Object.entries(offenders).map(async ([claim, query]) => ({
      claim,
      rows: (await sql.raw(query).execute(database)).rows,
    })),
  )
  return found.filter(({ rows }) => rows.length > 0).map(({ claim }) => claim)
}

test('however pipelines are edited, several at once, they stay sound', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.array(edit, { minLength: 1, maxLength: 3 }), { minLength: 4, maxLength: 16 }),
      async rounds => {
        for (const atOnce of rounds) await Promise.all(atOnce.map(act))
        expect(await broken()).toEqual([])
      },
    ),
    { numRuns: 5 },
  )
})
