import fc from 'fast-check'
import { expect, test } from 'vitest'
import { createHistogram } from './histogram.ts'

const milliseconds = fc.double({ min: 0, max: 60_000, noNaN: true })

test('quantiles are at most 3.2 % or a microsecond off', () => {
  fc.assert(
    fc.property(
      fc.array(milliseconds, { minLength: 1, maxLength: 200 }),
      fc.double({ min: 0, max: 1, noNaN: true }),
      (durations, share) => {
        const histogram = createHistogram()
        for (const each of durations) histogram.record(each)
        const sorted = durations.toSorted((left, right) => left - right)
        const exact = sorted[Math.max(1, Math.ceil(share * sorted.length)) - 1] ?? 0
        expect(Math.abs((histogram.quantile(share) ?? -1) - exact)).toBeLessThanOrEqual(
          Math.max(exact * 0.032, 0.001),
        )
      },
    ),
  )
})

test('what is longer than a minute counts as a minute, and nothing has no quantiles', () => {
  const histogram = createHistogram()
  expect(histogram.quantile(0.5)).toBeNull()
  histogram.record(10 ** 9)
  histogram.record(-1)
  expect(histogram.quantile(1)).toBeGreaterThan(60_000)
  expect(histogram.count).toBe(2)
})

test('counts up to a duration, and adds up', () => {
  const [one, other] = [createHistogram(), createHistogram()]
  for (const each of [0.01, 0.2, 3, 40]) one.record(each)
  other.record(1)
  one.add(other)
  expect([0.005, 0.05, 1.1, 5, 100].map(one.upTo)).toEqual([0, 1, 3, 4, 5])
  expect(one.sum).toBeCloseTo(44.21)
})
