import assert from 'node:assert/strict'
import { test } from 'node:test'
import { differences, quantile, ratios, spreadOf } from './statistics.ts'

test('a quantile between two values is taken in proportion', () => {
  assert.equal(quantile([4, 1, 3, 2], 0.5), 2.5)
  assert.equal(quantile([1, 2, 3, 4, 5], 0.25), 2)
  assert.equal(quantile([7], 0.99), 7)
})

test('there is no quantile of nothing', () => {
  assert.throws(() => quantile([], 0.5), /quantile of nothing/)
})

test('a spread is the median between the quartiles', () => {
  assert.deepEqual(spreadOf([5, 1, 4, 2, 3]), { median: 3, lower: 2, upper: 4 })
})

test('ratios are taken round by round, not of the medians', () => {
  assert.deepEqual(ratios([10, 40, 90], [10, 20, 30]), { median: 2, lower: 1.5, upper: 2.5 })
})

test('so are differences', () => {
  assert.deepEqual(differences([10, 40, 90], [9, 30, 70]), { median: 10, lower: 5.5, upper: 15 })
})
