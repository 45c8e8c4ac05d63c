import { expect, test } from 'vitest'
import { quotientOf, sumOf } from './exact.ts'

test('sums are exact', () => {
  expect(sumOf(['0.1', '0.2'])).toBe('0.3')
  expect(sumOf(['99999999999999.9999', '0.0001'])).toBe('100000000000000')
  expect(sumOf([])).toBe('0')
})

test.each([
  [2, 3, '0.6667'],
  [1, 32, '0.0313'],
  [4238, 4238, '1'],
  [0, 7, '0'],
  [96, 2, '48'],
  [1, 0, null],
])('%i by %i is %s', (part, whole, quotient) => {
  expect(quotientOf(part, whole)).toBe(quotient)
})
