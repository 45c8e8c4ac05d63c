import { codesOf, createTestGateway, type TestGateway } from '@trellis/testing'
import { sql } from 'kysely'
import { Temporal } from 'temporal-polyfill'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { isTimeZone } from '../../src/lib/time-zone.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway()
})
afterAll(() => gateway[Symbol.asyncDispose]())

test('names that are taken say the same to PostgreSQL and to Temporal', async () => {
  const database = gateway.trellis.database.session.sql
  const instants = ['1980-01-15T12:00:00Z', '2026-01-15T12:00:00Z', '2026-07-15T12:00:00Z']
  const known = await sql<{ name: string }>`
    select name from pg_timezone_names where name not like 'posix%' union select abbrev from pg_timezone_abbrevs`.execute(
    database,
  )
  const names = known.rows.map(({ name }) => name).filter(isTimeZone)
  expect(names.length).toBeGreaterThan(400)
  const { rows } = await sql<{ name: string; local: string; instant: string }>`
    select name, instant, to_char(timezone(name, instant::timestamptz), 'YYYY-MM-DD"T"HH24:MI:SS') as local
    from unnest(${names}::text[]) as name cross join unnest(${instants}::text[]) as instant`.execute(database)
  const differing = rows.filter(
    ({ name, instant, local }) =>
      Temporal.Instant.from(instant).toZonedDateTimeISO(name).toPlainDateTime().toString() !== local,
  )
  expect(differing).toEqual([])
})

describe.each(['IST', 'AGT', 'MIT', 'US/Pacific-New', 'CET', 'eet', '+08:00', 'Nowhere'])('%s', timeZone => {
  test('is refused where it would be kept', async () => {
    expect(await gateway.refusals('businessCalendarCreate', { name: timeZone, timeZone })).toEqual([
      'INVALID_FORMAT input.timeZone',
    ])
    expect(
      await gateway.refusals('salesTargetCreate', {
        name: timeZone,
        ownerId: gateway.userIds.agent,
        currency: 'USD',
        amount: '1',
        startDate: '2026-01-01',
        endDate: '2026-01-31',
        timeZone,
      }),
    ).toEqual(['INVALID_FORMAT input.timeZone'])
  })

  test('is refused where days are counted by it', async () => {
    const query = `query ($zone: String!) {
      customers { aggregate(groupBy: [{ field: CREATED_AT, bucket: DAY, timeZone: $zone }]) { count } }
    }`
    expect(codesOf(await gateway.ask(query, { zone: timeZone }))).toEqual(['BAD_INPUT'])
    const report = 'query ($zone: String!) { salesReport(period: { timeZone: $zone }) { dimensions } }'
    expect(codesOf(await gateway.ask(report, { zone: timeZone }))).toEqual(['BAD_INPUT'])
  })
})
