import { expect, test } from 'vitest'
import { createTestClock } from './fixtures/test-clock.ts'
import { createTally, windowMs } from './tally.ts'
import { createUptime } from './uptime.ts'

test('the last five minutes forget what the total keeps', async () => {
  const { clock, pass } = createTestClock()
  const tally = createTally(clock)
  const call = (hasFailed: boolean) => tally.record(clock.now(), clock.now() + 5, hasFailed)
  call(true)
  await pass(200_000)
  call(false)
  tally.refuse()
  expect(tally.recent()).toMatchObject({ calls: 2, failures: 1, refusals: 1 })
  await pass(100_000)
  expect(tally.recent()).toMatchObject({ calls: 1, failures: 0, refusals: 1 })
  // The slot of the first call is taken by this one.
  call(false)
  expect(tally.recent()).toMatchObject({ calls: 2, failures: 0 })
  expect(tally.recent().durations.count).toBe(2)
  expect(tally.total).toMatchObject({ calls: 3, failures: 1, refusals: 1 })
})

test('availability is the share of time that it was up, since the start and over a window', async () => {
  const { clock, pass } = createTestClock()
  const uptime = createUptime({ clock, windowMs })
  expect(uptime.availability()).toBe(1)
  await pass(100_000)
  uptime.set(false)
  await pass(50_000)
  uptime.set(false)
  await pass(50_000)
  expect(uptime.availability()).toBe(0.5)
  uptime.set(true)
  await pass(200_000)
  expect(uptime.availability()).toBe(0.75)
  expect(uptime.availability(windowMs)).toBeCloseTo(1 - 100 / 300)
  expect(uptime.availability(200_000)).toBe(1)
  await pass(windowMs)
  uptime.set(false)
  await pass(100_000)
  uptime.set(true)
  expect(uptime.availability()).toBe(0.75)
  expect(uptime.availability(100_000)).toBe(0)
})
