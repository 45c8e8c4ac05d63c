import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { createTestDatabase, listAt, valueAt } from '@trellis/testing'
import { beforeAll, describe, expect, test } from 'vitest'

const fixture = fileURLToPath(new URL('fixtures/round-trip.ts', import.meta.url))

/** The same writes and reads, by a process in this time zone. */
async function roundTrip(zone: string): Promise<unknown> {
  await using database = await createTestDatabase()
  const { stdout } = await promisify(execFile)(
    process.execPath,
    [fixture, JSON.stringify(database.connection)],
    { env: { ...process.env, TZ: zone } },
  )
  return JSON.parse(stdout)
}

/** As they went in, in UTC. */
const expected = [
  ['2026-02-28T16:00:00.123Z', '2026-03-01'],
  ['2025-11-02T04:00:00.000Z', '2026-03-08'],
  ['1969-12-31T23:59:59.999Z', '1969-12-31'],
  ['1850-06-01T12:00:00.000Z', '1900-01-01'],
  ['1900-12-31T15:54:17.000Z', '0001-01-01'],
  ['0099-01-01T00:00:00.000Z', '9999-12-31'],
] as const

const zones = [
  ['UTC', 0],
  ['Asia/Shanghai', -480],
  ['America/St_Johns', 210],
] as const
const answers = new Map<string, unknown>()
beforeAll(async () => {
  await Promise.all(zones.map(async ([zone]) => answers.set(zone, await roundTrip(zone))))
})

describe.each(zones)('in %s', (zone, offset) => {
  test('the process is there indeed', () => {
    expect(answers.get(zone)).toMatchObject({ zone, offset })
  })

  test.each(['bulk', 'changed', 'single'])(
    'instants, dates and decimals come back as they went in: %s',
    way => {
      const rows = listAt(answers.get(zone), 'list.opportunities.nodes').filter(row =>
        String(valueAt(row, 'name')).startsWith(way),
      )
      expect(rows).toEqual(
        expected.map(([closedAt, expectedCloseDate], index) => ({
          name: `${way} ${index}`,
          closedAt,
          expectedCloseDate,
          amount: '1054.5',
        })),
      )
    },
  )

  test('months are those of the calendar', () => {
    const months = ['0001-01-01', '1900-01-01', '1969-12-01', '2026-03-01', '9999-12-01']
    const count = (month: string) => (month === '2026-03-01' ? 6 : 3)
    expect(valueAt(answers.get(zone), 'groups.opportunities.aggregate')).toEqual(
      months.map(month => ({
        group: { expectedCloseDate: month },
        count: count(month),
        sum: { amount: String(1054.5 * count(month)) },
      })),
    )
  })

  test('filters and cursors find them again', () => {
    expect(answers.get(zone)).toMatchObject({
      filtered: { byInstant: { totalCount: 18 }, byDay: { totalCount: 18 } },
      born: { contact: { birthDate: '1899-12-31' } },
    })
    const instants = expected
      .flatMap(([instant]) => [instant, instant, instant])
      .toSorted((left, right) => (left < right ? -1 : 1))
    expect(
      listAt(answers.get(zone), 'next.opportunities.nodes').map(node => valueAt(node, 'closedAt')),
    ).toEqual(instants.slice(1))
  })
})
