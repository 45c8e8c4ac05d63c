import assert from 'node:assert/strict'
import { test } from 'node:test'
import { heapSlope, mostKilobytes } from './heap-slope.ts'

const cycles = Array.from({ length: 30 }, (_, cycle) => cycle)

test('a heap that grows by 3 MB each cycle has that slope, and is too much', () => {
  const slope = heapSlope(cycles.map(cycle => 50_000_000 + cycle * 3_000_000))
  assert.equal(Math.round(slope), 3000)
  assert.ok(slope > mostKilobytes)
})

test('the first ten cycles do not count, and what comes and goes is no growth', () => {
  const heaps = cycles.map(cycle => (cycle < 10 ? cycle * 1_000_000 : 50_000_000 + (cycle % 2) * 10_000))
  assert.ok(Math.abs(heapSlope(heaps)) < 1)
})

test('a schema that was held once, even at the end, is no growth', () => {
  const heaps = cycles.map(cycle => (cycle === 19 || cycle === 29 ? 54_000_000 : 50_000_000))
  assert.equal(heapSlope(heaps), 0)
})
