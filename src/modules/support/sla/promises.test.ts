import { fieldsAt, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDesk, type Desk, type Values } from '../fixtures/desk.ts'
import { createCalendar, officeHours } from '../fixtures/hours.ts'

let desk: Desk
let gateway: TestGateway
/** Office hours in Shanghai, but for Wednesday 4 March 2026. */
let calendarId: string
/** Two hours to respond, ten to resolve, of office hours in Shanghai. */
let office: string
/** The same around the clock. */
let always: string
beforeAll(async () => {
  desk = await createDesk()
  ;({ gateway } = desk)
  calendarId = await createCalendar(desk, officeHours('Asia/Shanghai', ['2026-03-04']))
  office = await policy('Office', { responseMinutes: 120, resolveMinutes: 600, calendarId, isActive: false })
  always = await policy('Always', { responseMinutes: 120, resolveMinutes: 600, isActive: false })
})
afterAll(() => desk[Symbol.asyncDispose]())

const policy = (name: string, more: Values = {}) => gateway.create('slaPolicy', { name, ...more })
const dues = 'responseDueAt resolveDueAt'
const step = async (mutation: string, id: string, more: Values = {}) =>
  expect(await gateway.refusals(mutation, { id, ...more })).toEqual([])
const pend = (id: string) => step('caseTransition', id, { status: 'PENDING' })
const goOn = (id: string) => step('caseTransition', id, { status: 'IN_PROGRESS' })
const say = (caseId: string, more: Values = {}) =>
  gateway.create('caseComment', { caseId, body: 'We look into it.', ...more })
const at = (instant: string) => new Date(instant).toISOString()

describe('a policy is chosen', () => {
  const policyOf = async (id: string) => valueAt(await desk.read(id, 'slaPolicy { name }'), 'slaPolicy.name')

  test('by customer before priority before type, and of two alike the older one', async () => {
    const customerId = await gateway.create('customer', { name: 'Acme' })
    const [priority, caseType] = ['HIGH', 'INCIDENT']
    const kinds: readonly (readonly [string, Values])[] = [
      ['customer, priority and type', { customerId, priority, caseType }],
      ['customer and priority', { customerId, priority }],
      ['customer and type', { customerId, caseType }],
      ['customer', { customerId }],
      ['priority and type', { priority, caseType }],
      ['priority', { priority }],
      ['type', { caseType }],
      ['any', {}],
      ['any, but newer', {}],
    ]
    // Of one that has not its like, the age does not matter.
    const made = new Map<string, string>()
    for (const [name, fits] of [...kinds.slice(0, 7).toReversed(), ...kinds.slice(7)]) {
      desk.wait(1)
      made.set(name, await policy(name, fits))
      await policy(`${name}, not active`, { ...fits, isActive: false })
      await policy(`${name}, elsewhere`, {
        ...fits,
        customerId: await gateway.create('customer', { name: 'Elsewhere' }),
      })
    }
    const chosen: unknown[] = []
    for (const [name] of kinds) {
      chosen.push(await policyOf(await desk.open({ customerId, priority, type: caseType })))
      await gateway.refusals('slaPolicyDelete', { id: made.get(name) })
    }
    expect(chosen).toEqual(kinds.map(([name]) => name))
    expect(await policyOf(await desk.open({ customerId, priority, type: caseType }))).toBeUndefined()
  })

  test('unless it is given, or said that there is none', async () => {
    const usual = await policy('Usual')
    expect(await policyOf(await desk.open())).toBe('Usual')
    expect(await policyOf(await desk.open({ slaPolicyId: office }))).toBe('Office')
    expect(await policyOf(await desk.open({ slaPolicyId: null }))).toBeUndefined()
    expect(
      await gateway.refusals('caseCreate', { subject: 'x', slaPolicyId: 'slp_01k0000000e00800000000zzzz' }),
    ).toEqual(['NOT_FOUND input.slaPolicyId'])
    await gateway.refusals('slaPolicyDelete', { id: usual })
  })

  test('for what an agent brings in, too', async () => {
    const usual = await policy('For agents', { resolveMinutes: 60 })
    const id = await desk.open({}, { as: 'agent' })
    expect(await desk.read(id, 'slaPolicy { name } slaStatus', { as: 'agent' })).toEqual({
      slaPolicy: { name: 'For agents' },
      slaStatus: 'ROLLING_RESPONSE_DUE',
    })
    await gateway.refusals('slaPolicyDelete', { id: usual })
  })

  test('anew when what it was chosen by changes, while nobody says otherwise', async () => {
    const names = ['Calm', 'Hurry'] as const
    const calm = await policy(names[0], { resolveMinutes: 600, responseMinutes: 300 })
    const hurry = await policy(names[1], { resolveMinutes: 60, responseMinutes: 30, priority: 'URGENT' })
    const id = await desk.open({ subject: 'x' })
    const opened = desk.now().getTime()
    const after = (minutes: number) => new Date(opened + minutes * 60_000).toISOString()
    desk.wait(10)
    await step('caseUpdate', id, { priority: 'URGENT' })
    expect(await desk.read(id, `${dues} slaPolicy { name }`)).toEqual({
      ...{ responseDueAt: after(30), resolveDueAt: after(60), slaPolicy: { name: 'Hurry' } },
    })
    await say(id)
    await step('caseUpdate', id, { priority: 'LOW' })
    expect(await desk.read(id, `${dues} slaPolicy { name }`)).toEqual({
      // It was responded to by what was promised then.
      ...{ responseDueAt: after(30), resolveDueAt: after(600), slaPolicy: { name: 'Calm' } },
    })
    await step('caseUpdate', id, { priority: 'URGENT', slaPolicyId: office })
    expect(await policyOf(id)).toBe('Office')
    await step('caseUpdate', id, { slaPolicyId: null })
    expect(await desk.read(id, `${dues} slaStatus`)).toEqual({
      ...{ responseDueAt: after(30), resolveDueAt: null, slaStatus: 'FULFILLED' },
    })
    await step('caseUpdate', id, { type: 'INCIDENT' })
    await step('caseResolve', id, { resolution: 'Done' })
    await step('caseUpdate', id, { priority: 'LOW' })
    expect(await policyOf(id)).toBe('Hurry')
    for (const used of [calm, hurry]) await gateway.refusals('slaPolicyDelete', { id: used })
  })
})

describe('what is promised is due', () => {
  test.each([
    [
      'within the hours of a day',
      '2026-03-02T09:30+08:00',
      '2026-03-02T11:30+08:00',
      '2026-03-03T12:00+08:00',
    ],
    ['after the weekend', '2026-03-06T17:00+08:00', '2026-03-09T10:30+08:00', '2026-03-10T11:00+08:00'],
    ['after a holiday', '2026-03-03T16:30+08:00', '2026-03-05T10:00+08:00', '2026-03-06T10:30+08:00'],
    [
      'counted from the morning, of what came in at night',
      '2026-03-02T23:00+08:00',
      '2026-03-03T11:00+08:00',
      '2026-03-05T11:30+08:00',
    ],
  ])('%s', async (_, opened, responseDueAt, resolveDueAt) => {
    desk.goTo(opened)
    expect(await desk.read(await desk.open({ slaPolicyId: office }), `${dues} slaStatus`)).toEqual({
      ...{
        responseDueAt: at(responseDueAt),
        resolveDueAt: at(resolveDueAt),
        slaStatus: 'FIRST_RESPONSE_DUE',
      },
    })
  })

  test('around the clock without a calendar, and never without a promise', async () => {
    desk.goTo('2026-03-28T23:00:00Z')
    expect(await desk.read(await desk.open({ slaPolicyId: always }), dues)).toEqual({
      responseDueAt: at('2026-03-29T01:00:00Z'),
      resolveDueAt: at('2026-03-29T09:00:00Z'),
    })
    const nothing = await policy('Nothing', { isActive: false })
    expect(await desk.read(await desk.open({ slaPolicyId: nothing }), `${dues} slaStatus`)).toEqual({
      ...{ responseDueAt: null, resolveDueAt: null, slaStatus: null },
    })
  })

  test('from the creation on, when another policy is set', async () => {
    desk.goTo('2026-03-02T09:00+08:00')
    const id = await desk.open({ slaPolicyId: always })
    desk.wait(30)
    await step('caseUpdate', id, { slaPolicyId: office })
    expect(await desk.read(id, dues)).toEqual({
      responseDueAt: at('2026-03-02T11:00+08:00'),
      resolveDueAt: at('2026-03-03T11:30+08:00'),
    })
  })

  test('never by a calendar with hardly any hours, which is said at once', async () => {
    const rarely = await createCalendar(desk, {
      timeZone: 'UTC',
      holidays: [],
      hours: [{ weekday: 'MONDAY', opensAt: '00:00', closesAt: '00:01' }],
    })
    const slaPolicyId = await policy('Rarely', {
      resolveMinutes: 1_000_000,
      calendarId: rarely,
      isActive: false,
    })
    const refusals = await gateway.refusals('caseCreate', { subject: 'x', slaPolicyId })
    expect(refusals).toEqual(['NO_BUSINESS_HOURS input.slaPolicyId'])
    expect(await desk.messageOf('caseCreate', { subject: 'x', slaPolicyId })).toContain('"Rarely"')
  })

  test('not for what was over before it came in', async () => {
    const usual = await policy('Usual for imports', { responseMinutes: 60, resolveMinutes: 120 })
    const answer = await desk.upsert('case', [
      { externalId: 'history', subject: 'x', status: 'CLOSED', closedAt: '2020-01-01T00:00:00Z' },
      {
        externalId: 'told',
        subject: 'x',
        status: 'CLOSED',
        closedAt: '2020-01-01T00:00:00Z',
        slaPolicyId: office,
      },
      { externalId: 'open', subject: 'x', firstRespondedAt: '2020-01-01T00:00:00Z' },
      { externalId: 'now', subject: 'x', status: 'RESOLVED' },
    ])
    const ids = fieldsAt(answer, 'results', 'id').map(String)
    const read = await Promise.all(ids.map(id => desk.read(id, `slaPolicy { name } slaStatus ${dues}`)))
    expect(read).toMatchObject([
      { slaPolicy: null, slaStatus: null, responseDueAt: null, resolveDueAt: null },
      { slaPolicy: { name: 'Office' }, slaStatus: null, responseDueAt: null, resolveDueAt: null },
      { slaPolicy: { name: 'Usual for imports' }, slaStatus: 'ROLLING_RESPONSE_DUE' },
      { slaPolicy: { name: 'Usual for imports' }, slaStatus: 'FULFILLED' },
    ])
    await gateway.refusals('slaPolicyDelete', { id: usual })
  })
})

describe('the clocks of a case', () => {
  const opened = '2026-03-02T09:00+08:00'
  const openAtNine = () => {
    desk.goTo(opened)
    return desk.open({ slaPolicyId: office })
  }

  test('stand still while it is pending, and go on by as many business hours later', async () => {
    const id = await openAtNine()
    desk.goTo('2026-03-02T10:00+08:00')
    await pend(id)
    expect(await desk.read(id, `${dues} pendingSince pausedSeconds`)).toEqual({
      ...{ responseDueAt: at('2026-03-02T11:00+08:00'), resolveDueAt: at('2026-03-03T11:30+08:00') },
      ...{ pendingSince: at('2026-03-02T10:00+08:00'), pausedSeconds: 0 },
    })
    // Two hours before lunch, and the first quarter of an hour after it.
    desk.goTo('2026-03-02T13:15+08:00')
    await goOn(id)
    expect(await desk.read(id, `${dues} pendingSince pausedSeconds`)).toEqual({
      ...{ responseDueAt: at('2026-03-02T14:15+08:00'), resolveDueAt: at('2026-03-03T14:45+08:00') },
      ...{ pendingSince: null, pausedSeconds: 2.25 * 3600 },
    })
    await pend(id)
    desk.goTo('2026-03-02T13:45+08:00')
    await step('caseResolve', id, { resolution: 'Done' })
    expect(await desk.read(id, `${dues} pausedSeconds slaStatus`)).toEqual({
      ...{ responseDueAt: at('2026-03-02T14:45+08:00'), resolveDueAt: at('2026-03-03T15:15+08:00') },
      ...{ pausedSeconds: 2.75 * 3600, slaStatus: 'FULFILLED' },
    })
  })

  test('do not go on any more when they had run out before', async () => {
    const id = await openAtNine()
    desk.goTo('2026-03-02T11:00:00.001+08:00')
    await pend(id)
    desk.goTo('2026-03-02T16:00:00.001+08:00')
    await goOn(id)
    expect(await desk.read(id, `${dues} slaStatus`)).toEqual({
      ...{ responseDueAt: at('2026-03-02T11:00+08:00'), resolveDueAt: at('2026-03-03T16:30+08:00') },
      slaStatus: 'FAILED',
    })
  })

  test('of the response go on until somebody responds, pending or not', async () => {
    const id = await openAtNine()
    desk.goTo('2026-03-02T10:59+08:00')
    await pend(id)
    desk.goTo('2026-03-02T16:00+08:00')
    await say(id)
    const responded = { responseDueAt: at('2026-03-02T16:01+08:00'), slaStatus: 'ROLLING_RESPONSE_DUE' }
    expect(await desk.read(id, 'responseDueAt slaStatus')).toEqual(responded)
    desk.goTo('2026-03-02T17:00+08:00')
    await goOn(id)
    expect(await desk.read(id, 'responseDueAt slaStatus pausedSeconds')).toEqual({
      ...responded,
      pausedSeconds: 18_060,
    })
  })

  test('go on when it is reopened, as if it had been pending since it was resolved', async () => {
    const id = await openAtNine()
    desk.goTo('2026-03-02T10:00+08:00')
    await step('caseResolve', id, { resolution: 'Done' })
    expect(await desk.read(id, 'slaStatus')).toEqual({ slaStatus: 'FULFILLED' })
    desk.goTo('2026-03-02T17:00+08:00')
    await step('caseClose', id)
    desk.goTo('2026-03-03T10:00+08:00')
    await step('caseReopen', id, { reason: 'Again' })
    expect(await desk.read(id, `${dues} slaStatus pausedSeconds`)).toEqual({
      ...{ responseDueAt: at('2026-03-02T11:00+08:00'), resolveDueAt: at('2026-03-05T11:30+08:00') },
      ...{ slaStatus: 'ROLLING_RESPONSE_DUE', pausedSeconds: 7.5 * 3600 },
    })
  })

  test('set by another policy count the pauses so far', async () => {
    const id = await openAtNine()
    await pend(id)
    desk.wait(60)
    await goOn(id)
    await step('caseUpdate', id, { slaPolicyId: always })
    expect(await desk.read(id, dues)).toEqual({
      responseDueAt: at('2026-03-02T12:00+08:00'),
      resolveDueAt: at('2026-03-02T20:00+08:00'),
    })
  })

  test('take no harm from deletion: what ran out meanwhile has', async () => {
    const id = await openAtNine()
    await step('caseDelete', id)
    desk.goTo('2026-03-09T10:00+08:00')
    await step('caseRestore', id)
    expect(await desk.read(id, 'slaStatus')).toEqual({ slaStatus: 'FAILED' })
    expect(await desk.timelineOf(id, 'case.sla_failed')).toHaveLength(1)
  })
})
