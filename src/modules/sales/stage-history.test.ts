import { createTestGateway, listAt, type TestGateway, textAt, valueAt } from '@trellis/testing'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'

let gateway: TestGateway
let stages: Readonly<Record<string, string>>
let reason: string
let present = new Date('2026-03-01T12:00:00Z')
beforeAll(async () => {
  gateway = await createTestGateway({ now: () => present })
  const answer = await gateway.data(
    '{ pipelineStages { nodes { code id } } lostReasons(first: 1) { nodes { id } } }',
  )
  stages = Object.fromEntries(
    listAt(answer, 'pipelineStages.nodes').map(stage => [valueAt(stage, 'code'), valueAt(stage, 'id')]),
  )
  reason = textAt(answer, 'lostReasons.nodes.0.id')
})
afterAll(() => gateway[Symbol.asyncDispose]())

interface Visit {
  readonly stage: { readonly code: string }
  readonly fromStage: { readonly code: string } | null
  readonly enteredAt: string
  readonly leftAt: string | null
}
async function historyOf(id: unknown): Promise<readonly Visit[]> {
  const answer = await gateway.data(
    'query ($id: ID!) { opportunity(id: $id) { stageHistory { stage { code } fromStage { code } enteredAt leftAt } } }',
    { id },
  )
  return listAt(answer, 'opportunity.stageHistory').map(visit => ({
    stage: { code: textAt(visit, 'stage.code') },
    fromStage: valueAt(visit, 'fromStage') === null ? null : { code: textAt(visit, 'fromStage.code') },
    enteredAt: textAt(visit, 'enteredAt'),
    leftAt: valueAt(visit, 'leftAt') === null ? null : textAt(visit, 'leftAt'),
  }))
}
const create = (input: Readonly<Record<string, unknown>> = {}) =>
  gateway.create('opportunity', { name: 'Boxes', ...input })
const short = (visits: readonly Visit[]) =>
  visits.map(
    ({ stage, enteredAt, leftAt }) =>
      `${stage.code} ${enteredAt.slice(0, 10)} ${leftAt?.slice(0, 10) ?? '…'}`,
  )

/** One stage after the other, from the first to the present one, each left when the next was entered. */
function expectNoGaps(visits: readonly Visit[]): void {
  expect(visits[0]?.fromStage).toBe(null)
  expect(visits.at(-1)?.leftAt).toBe(null)
  for (const [index, visit] of visits.entries()) {
    const next = visits[index + 1]
    if (!next) continue
    expect(visit.leftAt).toBe(next.enteredAt)
    expect(next.fromStage).toEqual(visit.stage)
    expect(Date.parse(next.enteredAt)).toBeGreaterThanOrEqual(Date.parse(visit.enteredAt))
  }
}

test('begins with the stage that an opportunity begins in', async () => {
  expect(await historyOf(await create())).toEqual([
    { stage: { code: 'PROSPECTING' }, fromStage: null, enteredAt: '2026-03-01T12:00:00.000Z', leftAt: null },
  ])
})

test('whatever happens, it has no gaps and ends in the present stage', async () => {
  const step = fc.oneof(
    fc.record({
      kind: fc.constant('move' as const),
      code: fc.constantFrom('PROSPECTING', 'QUALIFICATION', 'PROPOSAL', 'NEGOTIATION'),
    }),
    fc.record({
      kind: fc.constant('close' as const),
      outcome: fc.constantFrom('WON', 'LOST'),
      daysAgo: fc.nat(100),
    }),
    fc.record({ kind: fc.constant('update' as const) }),
    fc.record({ kind: fc.constant('wait' as const), minutes: fc.nat(10_000) }),
  )
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 8 }), async steps => {
      const id = await create()
      for (const taken of steps) {
        if (taken.kind === 'move')
          await gateway.refusals('opportunityMoveStage', { id, stageId: stages[taken.code] })
        if (taken.kind === 'update') await gateway.refusals('opportunityUpdate', { id, probability: 1 })
        if (taken.kind === 'wait') present = new Date(present.getTime() + taken.minutes * 60_000)
        if (taken.kind === 'close')
          await gateway.refusals('opportunityClose', {
            id,
            outcome: taken.outcome,
            closedAt: new Date(present.getTime() - taken.daysAgo * 86_400_000).toISOString(),
            ...(taken.outcome === 'LOST' && { lostReasonId: reason }),
          })
      }
      const visits = await historyOf(id)
      expectNoGaps(visits)
      const answer = await gateway.data('query ($id: ID!) { opportunity(id: $id) { stage { code } } }', {
        id,
      })
      expect(valueAt(answer, 'opportunity.stage')).toEqual(visits.at(-1)?.stage)
    }),
    { numRuns: 25 },
  )
})

describe('an import', () => {
  const visit = (code: string, enteredAt: string) => ({
    stageId: stages[code],
    enteredAt: `${enteredAt}T00:00:00Z`,
  })

  test('brings no times from before there were such records', async () => {
    const refused = (input: object) => gateway.refusals('opportunityCreate', { name: 'Old', ...input })
    expect(await refused({ stageEnteredAt: '1969-12-31T23:59:59Z' })).toEqual([
      'OUT_OF_RANGE input.stageEnteredAt',
    ])
    expect(
      await refused({ stageHistory: [visit('PROSPECTING', '1900-01-01'), visit('PROPOSAL', '2016-12-01')] }),
    ).toEqual(['OUT_OF_RANGE input.stageHistory.0.enteredAt'])
    const id = await create({ stageEnteredAt: '1970-01-01T00:00:00Z' })
    expect(await gateway.refusals('opportunityMoveStage', { id, stageId: stages['PROPOSAL'] })).toEqual([])
  })

  test('brings the stages of before along', async () => {
    const id = await create({
      stageId: stages['CLOSED_WON'],
      closedAt: '2017-03-01T00:00:00Z',
      stageHistory: [visit('PROSPECTING', '2016-10-20'), visit('PROPOSAL', '2016-12-01')],
    })
    const visits = await historyOf(id)
    expect(short(visits)).toEqual([
      'PROSPECTING 2016-10-20 2016-12-01',
      'PROPOSAL 2016-12-01 2017-03-01',
      'CLOSED_WON 2017-03-01 …',
    ])
    expectNoGaps(visits)
  })

  test('keeps the order of stages that were entered at the same instant', async () => {
    const codes = ['PROSPECTING', 'QUALIFICATION', 'NEEDS_ANALYSIS', 'PROPOSAL', 'NEGOTIATION']
    const id = await create({
      stageId: stages['CLOSED_WON'],
      closedAt: '2017-03-01T00:00:00Z',
      stageHistory: codes.map(code => visit(code, '2017-03-01')),
    })
    expect((await historyOf(id)).map(({ stage }) => stage.code)).toEqual([...codes, 'CLOSED_WON'])
  })

  test('says when the present stage was entered', async () => {
    const id = await create({
      stageId: stages['PROPOSAL'],
      stageEnteredAt: '2016-12-01T00:00:00Z',
      stageHistory: [visit('PROSPECTING', '2016-10-20')],
    })
    expect(short(await historyOf(id))).toEqual(['PROSPECTING 2016-10-20 2016-12-01', 'PROPOSAL 2016-12-01 …'])
  })

  test.each([
    [
      'stages in disorder',
      () => ({ stageHistory: [visit('PROPOSAL', '2016-12-01'), visit('PROSPECTING', '2016-10-20')] }),
      'CONTRADICTION input.stageHistory',
    ],
    [
      'a stage that was entered after the present one',
      () => ({ stageEnteredAt: '2016-01-01T00:00:00Z', stageHistory: [visit('PROPOSAL', '2016-12-01')] }),
      'CONTRADICTION input.stageHistory',
    ],
    [
      '101 stages',
      () => ({ stageHistory: Array.from({ length: 101 }, () => visit('PROPOSAL', '2016-12-01')) }),
      'TOO_LONG input.stageHistory',
    ],
    [
      'a stage that there is not',
      () => ({
        stageHistory: [{ stageId: 'stg_01k0000000e00800000000zzzz', enteredAt: '2016-12-01T00:00:00Z' }],
      }),
      'NOT_FOUND input.stageHistory.0.stageId',
    ],
    [
      'a stage that is none',
      () => ({ stageHistory: [{ stageId: 'nonsense', enteredAt: '2016-12-01T00:00:00Z' }] }),
      'NOT_FOUND input.stageHistory.0.stageId',
    ],
    [
      'a stage that is still to be entered',
      () => ({ stageEnteredAt: '2099-01-01T00:00:00Z' }),
      'OUT_OF_RANGE input.stageEnteredAt',
    ],
  ])('is refused with %s', async (_, wrong, refusal) => {
    expect(await gateway.refusals('opportunityCreate', { name: 'Wrong', ...wrong() })).toEqual([refusal])
  })

  const upsert = async (items: readonly unknown[]) => {
    const answer = await gateway.data(
      `mutation ($items: [OpportunityUpsertItem!]!) { opportunityBulkUpsert(input: { system: "crm", errorPolicy: SKIP, items: $items }) { results { id status } userErrors { code path } } }`,
      { items },
    )
    return listAt(answer, 'opportunityBulkUpsert.results')
  }

  test('leaves out, of many, the one whose history is wrong', async () => {
    const wrong = [visit('PROPOSAL', '2016-12-01'), visit('PROSPECTING', '2016-10-20')]
    const results = await upsert([
      { externalId: 'h1', name: 'Right' },
      { externalId: 'h2', name: 'Wrong', stageHistory: wrong },
    ])
    expect(results).toMatchObject([{ status: 'CREATED' }, { status: 'REFUSED' }])
  })

  test('moves what it knows already, without a gap', async () => {
    const [result] = await upsert([
      {
        externalId: 'm1',
        name: 'Moves',
        stageId: stages['PROPOSAL'],
        stageEnteredAt: '2016-12-01T00:00:00Z',
      },
    ])
    await upsert([
      { externalId: 'm1', name: 'Moves', stageId: stages['CLOSED_WON'], closedAt: '2017-03-01T00:00:00Z' },
    ])
    const visits = await historyOf(valueAt(result, 'id'))
    expect(short(visits)).toEqual(['PROPOSAL 2016-12-01 2017-03-01', 'CLOSED_WON 2017-03-01 …'])
    expectNoGaps(visits)
  })

  test('keeps the probability that it says itself, though it was the same before', async () => {
    const [result] = await upsert([
      { externalId: 'p1', name: 'Kept', stageId: stages['PROPOSAL'], probability: 40 },
    ])
    await upsert([{ externalId: 'p1', name: 'Kept', stageId: stages['NEGOTIATION'], probability: 40 }])
    const answer = await gateway.data(
      'query ($id: ID!) { opportunity(id: $id) { probability forecastCategory stage { code } } }',
      { id: valueAt(result, 'id') },
    )
    expect(valueAt(answer, 'opportunity')).toEqual({
      probability: 40,
      forecastCategory: 'COMMIT',
      stage: { code: 'NEGOTIATION' },
    })
  })

  test('keeps the time of closing that it says itself, though it was the same before', async () => {
    const closedAt = '2017-03-01T00:00:00.000Z'
    const [result] = await upsert([
      { externalId: 'c1', name: 'Kept', stageId: stages['CLOSED_WON'], closedAt },
    ])
    await upsert([{ externalId: 'c1', name: 'Kept', stageId: stages['CLOSED_LOST'], closedAt }])
    const answer = await gateway.data(
      'query ($id: ID!) { opportunity(id: $id) { closedAt stage { code } } }',
      { id: valueAt(result, 'id') },
    )
    expect(valueAt(answer, 'opportunity')).toEqual({ closedAt, stage: { code: 'CLOSED_LOST' } })
  })

  test('does not take the time of closing from what stays closed', async () => {
    await upsert([{ externalId: 'n1', name: 'Closed', stageId: stages['CLOSED_WON'] }])
    expect(await upsert([{ externalId: 'n1', name: 'Closed', closedAt: null }])).toMatchObject([
      { status: 'REFUSED' },
    ])
  })
})

test('follows corrections of when a stage was entered, without a gap', async () => {
  const item = { externalId: 'corrected', name: 'Boxes', stageId: stages['CLOSED_WON'] }
  const send = async (more: Readonly<Record<string, unknown>>) => {
    const answer = await gateway.data(
      `mutation ($input: OpportunityBulkUpsertInput!) {
        opportunityBulkUpsert(input: $input) { results { id } userErrors { message } }
      }`,
      { input: { system: 'erp', items: [{ ...item, ...more }] } },
    )
    return textAt(answer, 'opportunityBulkUpsert.results.0.id')
  }
  const stageHistory = [{ stageId: stages['PROSPECTING'], enteredAt: '2026-01-01T00:00:00Z' }]
  const id = await send({ closedAt: '2026-02-04T00:00:00Z', stageHistory })
  await send({ closedAt: '2026-02-05T00:00:00Z', stageHistory })
  const visits = await historyOf(id)
  expectNoGaps(visits)
  expect(short(visits)).toEqual(['PROSPECTING 2026-01-01 2026-02-05', 'CLOSED_WON 2026-02-05 …'])
})
