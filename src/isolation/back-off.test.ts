import { expect, test } from 'vitest'
import { createBackOff } from './back-off.ts'

test('waits double up to five seconds, and begin anew after a minute without an end', () => {
  const backOff = createBackOff({ random: () => 0 })
  const waits = Array.from({ length: 7 }, () => backOff.after(100))
  expect(waits).toEqual([250, 500, 1000, 2000, 4000, 5000, 5000])
  expect(backOff.after(60_000)).toBe(250)
  expect(backOff.after(59_999)).toBe(500)
})

test('they are shortened by a quarter at most, so that processes do not start in step', () => {
  const backOff = createBackOff({ random: () => 0.999 })
  expect(backOff.after(0)).toBeGreaterThanOrEqual(187)
  expect(backOff.after(0)).toBeLessThan(380)
})
