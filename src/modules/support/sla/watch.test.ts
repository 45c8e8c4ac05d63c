import { fieldsAt, type TestGateway, textAt, valueAt } from '@trellis/testing'
import { sql } from 'kysely'
import { pino } from 'pino'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { watchPromises } from '../../../start/watch-promises.ts'
import { createDesk, type Desk, type Values } from '../fixtures/desk.ts'

let desk: Desk
let gateway: TestGateway
/** An hour to respond, two to resolve. */
let slaPolicyId: string
beforeAll(async () => {
  desk = await createDesk()
  ;({ gateway } = desk)
  slaPolicyId = await gateway.create('slaPolicy', {
    name: 'P',
    responseMinutes: 60,
    resolveMinutes: 120,
    isActive: false,
  })
})
afterAll(() => desk[Symbol.asyncDispose]())

const open = () => desk.open({ slaPolicyId })
const step = async (mutation: string, id: string, more: Values = {}) =>
  expect(await gateway.refusals(mutation, { id, ...more })).toEqual([])
const standing = async (id: string) => valueAt(await desk.read(id, 'slaStatus'), 'slaStatus')

/** What a gateway does every minute, once. */
const watch = () =>
  watchPromises({ database: gateway.trellis.database, log: pino({ level: 'silent' }), now: desk.now }).stop()

const found = async (filter: Values) =>
  fieldsAt(
    await gateway.data(
      'query ($filter: CaseFilter) { cases(filter: $filter, first: 100) { nodes { id } } }',
      { filter },
    ),
    'cases.nodes',
    'id',
  )
const failures = (id: string) => desk.timelineOf(id, 'case.sla_failed')
const outboxOf = async (id: string) =>
  (
    await sql<{ viewerId: string | null; payload: unknown }>`
      select "viewerId", payload from "OutboxEvent" where "entityId" = ${id} and type = 'case.sla_failed'`.execute(
      gateway.trellis.database.session.sql,
    )
  ).rows

describe('how far a promise is kept', () => {
  test('is told as it is at the moment, whoever has noticed', async () => {
    const id = await open()
    const seen: unknown[] = []
    for (const minutes of [0, 60, 0.001]) {
      desk.wait(minutes)
      seen.push(await standing(id))
    }
    expect(seen).toEqual(['FIRST_RESPONSE_DUE', 'FIRST_RESPONSE_DUE', 'FAILED'])
  })

  test.each([
    ['responded in time', 60, 1, 'ROLLING_RESPONSE_DUE'],
    ['responded and resolved in time', 60, 60, 'FULFILLED'],
    ['responded late, though resolved in time', 60.1, 50, 'FAILED'],
    ['responded in time, resolved late', 60, 60.1, 'FAILED'],
  ])('%s', async (_, response, resolution, expected) => {
    const id = await open()
    desk.wait(response)
    await gateway.create('caseComment', { caseId: id, body: 'Hello' })
    desk.wait(resolution)
    if (resolution > 1) await step('caseResolve', id, { resolution: 'Done' })
    expect(await standing(id)).toBe(expected)
    desk.wait(1000)
    await watch()
    expect(await standing(id)).toBe(expected === 'ROLLING_RESPONSE_DUE' ? 'FAILED' : expected)
  })

  test('does not get worse while it is pending', async () => {
    const id = await open()
    desk.wait(60)
    await step('caseTransition', id, { status: 'PENDING' })
    desk.wait(10_000)
    await watch()
    expect(await standing(id)).toBe('FIRST_RESPONSE_DUE')
    await step('caseTransition', id, { status: 'IN_PROGRESS' })
    expect(await standing(id)).toBe('FIRST_RESPONSE_DUE')
    desk.wait(1)
    expect(await standing(id)).toBe('FAILED')
  })

  test('is answered to a request that comes again as to the first', async () => {
    const id = await open()
    const ask = () =>
      gateway.data(
        'mutation ($id: ID!) { caseTransition(input: { id: $id, status: IN_PROGRESS }) { case { slaStatus responseDueAt nextStatuses } } }',
        { id },
        { headers: { 'idempotency-key': `again-${id}` } },
      )
    const first = await ask()
    expect(valueAt(first, 'caseTransition.case.slaStatus')).toBe('FIRST_RESPONSE_DUE')
    expect(await ask()).toEqual(first)
  })

  test('is known to filters and groups once it was noticed, and to due instants at once', async () => {
    const id = await open()
    desk.wait(61)
    const overdue = { firstRespondedAt: { isNull: true }, responseDueAt: { lt: desk.now().toISOString() } }
    expect(await found({ slaStatus: { eq: 'FAILED' } })).not.toContain(id)
    expect(await found(overdue)).toContain(id)
    await watch()
    expect(await found({ slaStatus: { eq: 'FAILED' } })).toContain(id)
    const groups = await gateway.data(
      'query ($id: ID!) { cases(filter: { id: { eq: $id } }) { aggregate(groupBy: { field: SLA_STATUS }) { group { slaStatus } count } } }',
      { id },
    )
    expect(valueAt(groups, 'cases.aggregate')).toEqual([{ group: { slaStatus: 'FAILED' }, count: 1 }])
  })
})

describe('a promise that is broken', () => {
  test('is told of once, however many gateways notice, and is no write of the case', async () => {
    const ids = [await open(), await open(), await open()]
    desk.wait(61)
    const before = await desk.read(ids[0] ?? '', 'version updatedAt responseDueAt')
    await Promise.all([watch(), watch(), watch(), watch()])
    await watch()
    for (const id of ids) {
      const breaches = [{ promise: 'RESPONSE', dueAt: textAt(before, 'responseDueAt') }]
      expect(await failures(id)).toMatchObject([{ occurredAt: desk.now().toISOString(), data: { breaches } }])
      expect(await outboxOf(id)).toEqual([{ viewerId: null, payload: { breaches } }])
    }
    expect(await desk.read(ids[0] ?? '', 'version updatedAt responseDueAt')).toEqual(before)
  })

  test('is told of by the write that breaks it, and not again', async () => {
    const id = await open()
    desk.wait(61)
    await gateway.create('caseComment', { caseId: id, body: 'Sorry' })
    expect(await outboxOf(id)).toMatchObject([{ viewerId: gateway.userIds.administrator }])
    desk.wait(1000)
    await watch()
    await step('caseResolve', id, { resolution: 'At last' })
    expect(await failures(id)).toHaveLength(1)
    expect(await standing(id)).toBe('FAILED')
  })

  test('is not noticed twice when somebody writes the case meanwhile', async () => {
    for (let round = 0; round < 4; round += 1) {
      const id = await open()
      desk.wait(61)
      await Promise.all([watch(), gateway.refusals('caseUpdate', { id, subject: 'Still broken' }), watch()])
      await watch()
      expect(await failures(id)).toHaveLength(1)
      expect(await outboxOf(id)).toHaveLength(1)
    }
  })

  test('may be mended by another policy, and be broken again', async () => {
    const id = await open()
    desk.wait(61)
    await watch()
    const patient = await gateway.create('slaPolicy', {
      name: `Patient`,
      responseMinutes: 600,
      isActive: false,
    })
    await step('caseUpdate', id, { slaPolicyId: patient })
    expect(await standing(id)).toBe('FIRST_RESPONSE_DUE')
    desk.wait(600)
    await watch()
    expect(await standing(id)).toBe('FAILED')
    expect(await failures(id)).toHaveLength(2)
  })

  test('is left alone when the case is deleted, or waits', async () => {
    const [gone, waiting] = [await open(), await open()]
    await step('caseDelete', gone)
    await step('caseTransition', waiting, { status: 'PENDING' })
    desk.wait(1000)
    await watch()
    expect(await outboxOf(gone)).toEqual([])
    expect(await outboxOf(waiting)).toEqual([])
  })

  test('is noticed in hundreds', async () => {
    const items = Array.from({ length: 600 }, (_, index) => ({
      externalId: `m${index}`,
      subject: 'Many',
      slaPolicyId,
    }))
    await desk.upsert('case', items)
    desk.wait(61)
    const before = await gateway.rowsIn('OutboxEvent')
    await watch()
    expect((await gateway.rowsIn('OutboxEvent')) - before).toBe(600)
  })
})
