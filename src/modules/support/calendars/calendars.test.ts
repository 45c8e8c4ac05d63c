import { type AskOptions, codesOf, fieldsAt, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { createDesk, type Desk, type Values } from '../fixtures/desk.ts'

let desk: Desk
let gateway: TestGateway
beforeAll(async () => {
  desk = await createDesk()
  ;({ gateway } = desk)
})
afterAll(() => desk[Symbol.asyncDispose]())

let serial = 0
const calendar = (more: Values = {}) =>
  gateway.create('businessCalendar', { name: `C ${(serial += 1)}`, ...more })
const monday = (calendarId: string, opensAt: string, closesAt: string, more: Values = {}) => ({
  ...{ calendarId, weekday: 'MONDAY', opensAt, closesAt },
  ...more,
})
const refused = (input: Values) => gateway.refusals('businessIntervalCreate', input)
const hoursOf = async (id: string) => {
  const answer = await gateway.data(
    'query ($id: ID!) { businessCalendar(id: $id) { hours { weekday opensAt closesAt } } }',
    { id },
  )
  return fieldsAt(answer, 'businessCalendar.hours', 'opensAt')
}

describe('a calendar', () => {
  test.each(['Asia/Shanghai', 'UTC', 'America/Argentina/Buenos_Aires', 'Etc/GMT-14'])(
    'is of the zone %s',
    async timeZone => {
      expect(await gateway.refusals('businessCalendarCreate', { name: timeZone, timeZone })).toEqual([])
    },
  )

  test.each(['Mars/Olympus', 'Asia/Shanghai2', '+08:00', 'UTC+8', 'Europe', ' UTC', '王'])(
    'is of no zone %s',
    async timeZone => {
      expect(await gateway.refusals('businessCalendarCreate', { name: 'x', timeZone })).toEqual([
        'INVALID_FORMAT input.timeZone',
      ])
    },
  )
})

describe('the hours of a day', () => {
  test('end after they begin, at midnight at the latest', async () => {
    const id = await calendar()
    for (const [opensAt, closesAt, refusal] of [
      ['09:00', '09:00', 'OUT_OF_RANGE input.closesAt'],
      ['17:00', '09:00', 'OUT_OF_RANGE input.closesAt'],
      ['24:00', '24:00', 'OUT_OF_RANGE input.closesAt'],
      ['09:00', '24:01', 'INVALID_FORMAT input.closesAt'],
      ['9:00', '10:00', 'INVALID_FORMAT input.opensAt'],
    ] as const)
      expect(await refused(monday(id, opensAt, closesAt))).toEqual([refusal])
    expect(await refused(monday(id, '00:00', '24:00'))).toEqual([])
    const [interval] = await intervalsOf(id)
    const update = (more: Values) => gateway.refusals('businessIntervalUpdate', { id: interval, ...more })
    expect(await update({ opensAt: '24:00' })).toEqual(['OUT_OF_RANGE input.opensAt'])
    expect(await update({ closesAt: '00:00' })).toEqual(['OUT_OF_RANGE input.closesAt'])
    expect(await update({ opensAt: '08:00', closesAt: '09:00' })).toEqual([])
  })

  const intervalsOf = async (calendarId: string) =>
    fieldsAt(
      await gateway.data(
        'query ($calendarId: ID!) { businessIntervals(filter: { calendarId: { eq: $calendarId } }) { nodes { id } } }',
        { calendarId },
      ),
      'businessIntervals.nodes',
      'id',
    ).map(String)

  test('touch, and do not overlap', async () => {
    const [id, other] = [await calendar(), await calendar()]
    expect(await refused(monday(id, '09:00', '12:00'))).toEqual([])
    expect(await refused(monday(id, '12:00', '17:00'))).toEqual([])
    for (const [opensAt, closesAt] of [
      ['11:59', '13:00'],
      ['08:00', '09:01'],
      ['10:00', '11:00'],
      ['00:00', '24:00'],
    ] as const)
      expect(await refused(monday(id, opensAt, closesAt))).toEqual(['OVERLAP input.opensAt'])
    expect(await refused(monday(id, '09:00', '12:00', { weekday: 'TUESDAY' }))).toEqual([])
    expect(await refused(monday(other, '09:00', '12:00'))).toEqual([])
    expect(await hoursOf(id)).toEqual(['09:00', '09:00', '12:00'])
  })

  test('do not come to overlap by a change, by a restored one, or by two at once', async () => {
    const id = await calendar()
    const morning = await gateway.create('businessInterval', monday(id, '09:00', '12:00'))
    const evening = await gateway.create('businessInterval', monday(id, '18:00', '20:00'))
    const update = (more: Values) => gateway.refusals('businessIntervalUpdate', { id: evening, ...more })
    expect(await update({ opensAt: '11:00' })).toEqual(['OVERLAP input.opensAt'])
    expect(await update({ opensAt: '12:00' })).toEqual([])
    await gateway.refusals('businessIntervalDelete', { id: evening })
    expect(await refused(monday(id, '13:00', '14:00'))).toEqual([])
    expect(await gateway.refusals('businessIntervalRestore', { id: evening })).toEqual(['OVERLAP input.id'])
    expect(await gateway.refusals('businessIntervalUpdate', { id: morning, weekday: 'SUNDAY' })).toEqual([])
    const answers = await Promise.all(
      ['09:00', '09:30', '10:00'].map(opensAt => refused(monday(id, opensAt, '12:00'))),
    )
    expect(answers.filter(refusals => refusals.length === 0)).toHaveLength(1)
  })

  test('come in bulk, but for those that overlap the ones before', async () => {
    const id = await calendar()
    const items = ['09:00', '10:00', '13:00'].map(opensAt => ({
      ...{ externalId: `${id} ${opensAt}` },
      ...monday(id, opensAt, opensAt === '13:00' ? '17:00' : '12:00'),
    }))
    const answer = await desk.upsert('businessInterval', items, { skip: true })
    expect(fieldsAt(answer, 'results', 'status')).toEqual(['CREATED', 'REFUSED', 'CREATED'])
    expect(valueAt(answer, 'userErrors.0')).toMatchObject({
      code: 'OVERLAP',
      path: ['input', 'items', '1', 'opensAt'],
    })
  })

  test('are needed as long as an active SLA policy goes by them', async () => {
    const id = await calendar()
    const make = (more: Values = {}) =>
      gateway.refusals('slaPolicyCreate', { name: `P ${(serial += 1)}`, calendarId: id, ...more })
    expect(await make()).toEqual(['NO_BUSINESS_HOURS input.calendarId'])
    const [one, other] = [
      await gateway.create('businessInterval', monday(id, '09:00', '12:00')),
      await gateway.create('businessInterval', monday(id, '13:00', '17:00')),
    ]
    const policy = await gateway.create('slaPolicy', { name: 'Relies', calendarId: id })
    expect(await gateway.refusals('businessIntervalDelete', { id: one })).toEqual([])
    expect(await gateway.refusals('businessIntervalDelete', { id: other })).toEqual(['IN_USE input.id'])
    expect(await gateway.refusals('slaPolicyUpdate', { id: policy, isActive: false })).toEqual([])
    expect(await gateway.refusals('businessIntervalDelete', { id: other })).toEqual([])
    expect(await gateway.refusals('slaPolicyUpdate', { id: policy, isActive: true })).toEqual([
      'NO_BUSINESS_HOURS input.isActive',
    ])
    expect(
      await gateway.refusals('slaPolicyUpdate', { id: policy, calendarId: null, isActive: true }),
    ).toEqual([])
  })
})

test('a holiday is on a day once', async () => {
  const [calendarId, other] = [await calendar(), await calendar()]
  const holiday = (more: Values = {}) => ({ calendarId, date: '2026-10-01', name: 'National Day', ...more })
  const id = await gateway.create('holiday', holiday())
  expect(await gateway.refusals('holidayCreate', holiday({ name: 'Again' }))).toEqual(['TAKEN input.date'])
  expect(await gateway.refusals('holidayCreate', holiday({ calendarId: other }))).toEqual([])
  const next = await gateway.create('holiday', holiday({ date: '2026-10-02' }))
  expect(await gateway.refusals('holidayUpdate', { id: next, date: '2026-10-01' })).toEqual([
    'TAKEN input.date',
  ])
  expect(await gateway.refusals('holidayUpdate', { id: next, name: 'The day after' })).toEqual([])
  await gateway.refusals('holidayDelete', { id })
  expect(await gateway.refusals('holidayUpdate', { id: next, date: '2026-10-01' })).toEqual([])
  expect(await gateway.refusals('holidayRestore', { id })).toEqual(['TAKEN input.id'])
  const at = ['2026-12-24', '2026-12-24', '2026-12-25'].map((date, index) => ({
    externalId: `h${index}`,
    ...holiday({ date }),
  }))
  const answer = await desk.upsert('holiday', at, { skip: true })
  expect(fieldsAt(answer, 'results', 'status')).toEqual(['CREATED', 'REFUSED', 'CREATED'])
})

test('an agent reads when the team works, and changes nothing of it', async () => {
  const agent: AskOptions = { as: 'agent' }
  const id = await calendar({ timeZone: 'Europe/Berlin' })
  const interval = await gateway.create('businessInterval', monday(id, '09:00', '17:00'))
  await gateway.create('holiday', { calendarId: id, date: '2026-12-25', name: 'Christmas' })
  const query =
    'query ($id: ID!) { businessCalendar(id: $id) { timeZone hours { opensAt } holidays { date } } }'
  expect(await gateway.data(query, { id }, agent)).toEqual({
    businessCalendar: {
      timeZone: 'Europe/Berlin',
      hours: [{ opensAt: '09:00' }],
      holidays: [{ date: '2026-12-25' }],
    },
  })
  for (const mutation of [
    `businessIntervalDelete(input: { id: "${interval}" })`,
    `businessIntervalCreate(input: { calendarId: "${id}", weekday: FRIDAY, opensAt: "09:00", closesAt: "10:00" })`,
    `holidayCreate(input: { calendarId: "${id}", date: "2026-01-01", name: "x" })`,
    `businessCalendarUpdate(input: { id: "${id}", timeZone: "UTC" })`,
    `slaPolicyCreate(input: { name: "Mine" })`,
  ])
    expect(codesOf(await gateway.ask(`mutation { ${mutation} { userErrors { code } } }`, {}, agent))).toEqual(
      ['FORBIDDEN'],
    )
})
