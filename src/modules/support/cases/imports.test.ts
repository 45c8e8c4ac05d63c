import { type AskOptions, fieldsAt, listAt, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDesk, type Desk, type Values } from '../fixtures/desk.ts'

let desk: Desk
let gateway: TestGateway
beforeAll(async () => {
  desk = await createDesk()
  ;({ gateway } = desk)
})
afterAll(() => desk[Symbol.asyncDispose]())

const agent: AskOptions = { as: 'agent' }
const unknown = 'cas_01k0000000e00800000000zzzz'

describe('an import', () => {
  const past = '2026-01-05T10:00:00.000Z'
  const later = '2026-01-06T10:00:00.000Z'
  let serial = 0
  const item = (more: Values): Values => ({ externalId: `i${(serial += 1)}`, subject: 'Imported', ...more })

  test('of what was over before it came in tells no durations, and is counted as resolved', async () => {
    const answer = await desk.upsert('case', [
      item({ status: 'RESOLVED', resolvedAt: past, type: 'PROBLEM' }),
      item({ status: 'RESOLVED', resolvedAt: '1900-01-01T00:00:00Z', type: 'PROBLEM' }),
    ])
    for (const index of [0, 1])
      expect(
        await desk.read(
          String(valueAt(answer, `results.${index}.id`)),
          'status responseSeconds resolutionSeconds',
        ),
      ).toEqual({ status: 'RESOLVED', responseSeconds: null, resolutionSeconds: null })
    const report = await gateway.data(
      '{ caseReport(by: [CASE_TYPE], filter: { type: { eq: PROBLEM } }) { rows { count resolved averageResponseHours averageResolutionHours } } }',
    )
    expect(valueAt(report, 'caseReport.rows.0')).toEqual({
      ...{ count: 2, resolved: 2 },
      ...{ averageResponseHours: null, averageResolutionHours: null },
    })
  })

  test('takes over cases in any state, with their times', async () => {
    const original = await desk.open()
    const fields = 'status resolvedAt closedAt firstRespondedAt pendingSince duplicateOf { id }'
    const none = {
      resolvedAt: null,
      closedAt: null,
      firstRespondedAt: null,
      pendingSince: null,
      duplicateOf: null,
    }
    const now = desk.now().toISOString()
    for (const [given, expected] of [
      [{ status: 'PENDING' }, { pendingSince: now }],
      [{ status: 'ESCALATED', firstRespondedAt: past }, { firstRespondedAt: past }],
      [
        { status: 'RESOLVED', resolvedAt: past },
        { resolvedAt: past, firstRespondedAt: past },
      ],
      [
        { status: 'CLOSED', resolvedAt: past, closedAt: later, firstRespondedAt: past },
        { resolvedAt: past, closedAt: later, firstRespondedAt: past },
      ],
      [
        { status: 'CLOSED', closedAt: later },
        { resolvedAt: later, closedAt: later, firstRespondedAt: later },
      ],
      [
        { status: 'REJECTED', closedAt: past },
        { closedAt: past, firstRespondedAt: past },
      ],
      [
        { status: 'DUPLICATE', duplicateOfId: original },
        { closedAt: now, firstRespondedAt: now, duplicateOf: { id: original } },
      ],
      [{ status: 'CLOSED' }, { resolvedAt: now, closedAt: now, firstRespondedAt: now }],
    ] as const) {
      const answer = await desk.upsert('case', [item(given)])
      expect(listAt(answer, 'userErrors')).toEqual([])
      const id = String(valueAt(answer, 'results.0.id'))
      expect(await desk.read(id, fields)).toEqual({ ...none, status: given.status, ...expected })
    }
  })

  test('moves what it knows to any other state, and what belonged to the old one goes', async () => {
    const known = item({ status: 'CLOSED', resolvedAt: past, closedAt: later })
    const id = String(valueAt(await desk.upsert('case', [known]), 'results.0.id'))
    const fields = 'status resolvedAt closedAt firstRespondedAt'
    const send = async (more: Values) => {
      const { resolvedAt: _, closedAt: __, ...rest } = known
      return listAt(await desk.upsert('case', [{ ...rest, ...more }]), 'userErrors')
    }
    expect(await send({ status: 'ASSIGNED' })).toEqual([])
    expect(await desk.read(id, fields)).toEqual({
      ...{ status: 'ASSIGNED', resolvedAt: null, closedAt: null, firstRespondedAt: past },
    })
    expect(await send({ status: 'CLOSED', resolvedAt: later, closedAt: later })).toEqual([])
    expect(await desk.read(id, fields)).toEqual({
      ...{ status: 'CLOSED', resolvedAt: later, closedAt: later, firstRespondedAt: past },
    })
    expect(
      await send({ status: 'CLOSED', closedAt: null, resolvedAt: null, subject: 'Times unknown' }),
    ).toEqual([])
    expect(await desk.read(id, fields)).toMatchObject({ resolvedAt: later, closedAt: later })
    expect(await desk.timelineOf(id, 'case.status_changed')).toMatchObject([
      { data: { from: 'CLOSED', to: 'ASSIGNED' } },
      { data: { from: 'ASSIGNED', to: 'CLOSED' } },
    ])
  })

  test.each([
    ['a time of resolution of what is open', { resolvedAt: past }, 'CONTRADICTION resolvedAt'],
    [
      'a time of closing of what is resolved',
      { status: 'RESOLVED', closedAt: past },
      'CONTRADICTION closedAt',
    ],
    [
      'a time of resolution of what was rejected',
      { status: 'REJECTED', resolvedAt: past },
      'CONTRADICTION resolvedAt',
    ],
    [
      'closing before resolution',
      { status: 'CLOSED', resolvedAt: later, closedAt: past },
      'CONTRADICTION closedAt',
    ],
    [
      'a first response when it was over',
      { status: 'RESOLVED', resolvedAt: past, firstRespondedAt: later },
      'CONTRADICTION firstRespondedAt',
    ],
    [
      'a resolution to come',
      { status: 'RESOLVED', resolvedAt: '2099-01-01T00:00:00Z' },
      'OUT_OF_RANGE resolvedAt',
    ],
    ['a closing to come', { status: 'REJECTED', closedAt: '2099-01-01T00:00:00Z' }, 'OUT_OF_RANGE closedAt'],
    ['a response to come', { firstRespondedAt: '2099-01-01T00:00:00Z' }, 'OUT_OF_RANGE firstRespondedAt'],
    ['a duplicate of nothing', { status: 'DUPLICATE' }, 'REQUIRED duplicateOfId'],
    [
      'a duplicate of what there is not',
      { status: 'DUPLICATE', duplicateOfId: unknown },
      'NOT_FOUND duplicateOfId',
    ],
  ])('is refused with %s, and the others are written', async (_, wrong, refusal) => {
    const answer = await desk.upsert('case', [item(wrong), item({})], { skip: true })
    const [code, field] = refusal.split(' ')
    expect(listAt(answer, 'userErrors')).toMatchObject([{ code, path: ['input', 'items', '0', field] }])
    expect(fieldsAt(answer, 'results', 'status')).toEqual(['REFUSED', 'CREATED'])
  })

  test('of a case that is no duplicate does not say what it is a duplicate of', async () => {
    const answer = await desk.upsert('case', [item({ duplicateOfId: await desk.open() })], { skip: true })
    expect(listAt(answer, 'userErrors')).toMatchObject([
      { code: 'CONTRADICTION', path: ['input', 'items', '0', 'duplicateOfId'] },
    ])
  })

  test("of an agent's takes the steps that everybody takes", async () => {
    const first = item({ status: 'ASSIGNED' })
    expect(await desk.upsert('case', [first], agent)).toMatchObject({ userErrors: [] })
    expect(
      await desk.upsert('case', [{ ...first, status: 'CLOSED' }], { ...agent, skip: true }),
    ).toMatchObject({
      userErrors: [{ code: 'INVALID_TRANSITION', path: ['input', 'items', '0', 'status'] }],
    })
    expect(await desk.upsert('case', [{ ...first, status: 'PENDING' }], agent)).toMatchObject({
      userErrors: [],
    })
  })

  test('of a thousand takes as many statements as one of ten', async () => {
    const customerId = await gateway.create('customer', { name: 'Many' })
    const contactId = await gateway.create('contact', { lastName: 'Many', customerId })
    const calendarId = await gateway.create('businessCalendar', { name: 'Many', timeZone: 'Europe/Berlin' })
    await gateway.create('businessInterval', {
      calendarId,
      weekday: 'MONDAY',
      opensAt: '09:00',
      closesAt: '17:00',
    })
    for (const priority of ['LOW', 'HIGH'])
      await gateway.create('slaPolicy', {
        name: `Many ${priority}`,
        priority,
        customerId,
        calendarId,
        resolveMinutes: 600,
      })
    const items = (count: number) =>
      Array.from({ length: count }, (_, index) =>
        item({
          contactId,
          priority: index % 2 ? 'LOW' : 'HIGH',
          ...(index % 3 === 0 && { status: 'CLOSED', closedAt: past }),
          ...(index % 5 === 0 && { firstRespondedAt: past }),
        }),
      )
    const statementsOf = async (count: number) => {
      const sent = items(count)
      const created = await gateway.statementsOf(() => desk.upsert('case', sent))
      const changed = sent.map(({ externalId, subject }) => ({
        ...{ externalId, subject, contactId },
        ...{ status: 'ASSIGNED', priority: 'URGENT' },
      }))
      const updated = await gateway.statementsOf(() => desk.upsert('case', changed))
      return [created, updated]
    }
    const [few, many] = [await statementsOf(30), await statementsOf(1000)]
    expect(many.map(({ length }) => length)).toEqual(few.map(({ length }) => length))
    for (const statements of many)
      expect(statements.filter(statement => statement.includes('"BusinessCalendar"'))).toHaveLength(1)
  })
})
