import { expect, test } from 'vitest'
import { nextMoment } from './cron.ts'

const after = new Date('2026-03-28T12:00:00Z')
const nextOf = (expression: string, timeZone = 'UTC') =>
  nextMoment({ expression, timeZone }, after).toISOString()

test('the next moment is told in the time zone, over a change of the clock', () => {
  expect(nextOf('0 3 * * *')).toBe('2026-03-29T03:00:00.000Z')
  expect(nextOf('0 3 * * *', 'Europe/Paris')).toBe('2026-03-29T01:00:00.000Z')
  expect(nextOf('0 3 * * *', 'America/New_York')).toBe('2026-03-29T07:00:00.000Z')
  expect(nextOf('*/15 8-18 * * 1-5')).toBe('2026-03-30T08:00:00.000Z')
})

test.each([
  ['* * * *', 'UTC', 'has 4 fields'],
  ['0 0 3 * * *', 'UTC', 'has 6 fields'],
  ['61 * * * *', 'UTC', '61'],
  ['0 3 * * *', 'Mars/Base', ''],
])('"%s" in %s is refused', (expression, timeZone, message) => {
  expect(() => nextOf(expression, timeZone)).toThrow(message)
})
