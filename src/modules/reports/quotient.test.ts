import { expect, test } from 'vitest'
import { quotient, tenThousandths } from './quotient.ts'

test.each([
  [2, 3, '0.6667'],
  // As binary fractions, these two halves are a little less than a half.
  [107, 160, '0.6688'],
  [1, 160, '0.0063'],
  [-1, 160, '-0.0063'],
  [-1, 1_000_000, '0.0000'],
  [0, 5, '0.0000'],
  [90_061, 86_400, '1.0424'],
  [5, 0, null],
])('%i by %i is %s', (part, whole, expected) => {
  expect(quotient(part, whole)).toBe(expected)
})

test('amounts are divided as exactly as they are written', () => {
  const [won, cost] = ['99999999999999.9999', '0.0003'].map(tenThousandths)
  expect(quotient((won ?? 0n) - (cost ?? 0n), cost ?? 0n)).toBe('333333333333333332.0000')
  expect(tenThousandths('-0.5')).toBe(-5000n)
})
