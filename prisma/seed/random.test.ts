import { expect, test } from 'vitest'
import { createRandom } from './random.ts'

const take = <Value>(count: number, draw: () => Value): readonly Value[] =>
  Array.from({ length: count }, draw)

test('the same seed makes the same numbers, another seed others', () => {
  const { fraction } = createRandom('trellis')
  const numbers = take(5, fraction)
  expect(numbers).toEqual(take(5, createRandom('trellis').fraction))
  expect(numbers).not.toEqual(take(5, createRandom('ivy').fraction))
})

test('a fork does not depend on what was drawn before, nor change what is drawn after', () => {
  const one = createRandom('trellis')
  const another = createRandom('trellis')
  one.fraction()
  expect(one.fork('leaf').fraction()).toBe(another.fork('leaf').fraction())
  expect(one.fraction()).toBe(take(2, another.fraction)[1])
})

test('numbers are spread evenly, and normal ones normally', () => {
  const { integer, normal } = createRandom('trellis')
  const counts = new Map<number, number>()
  for (const number of take(60_000, () => integer(1, 6))) counts.set(number, (counts.get(number) ?? 0) + 1)
  expect(new Set(counts.keys())).toEqual(new Set([1, 2, 3, 4, 5, 6]))
  for (const count of counts.values()) expect(Math.abs(count - 10_000)).toBeLessThan(400)

  const drawn = take(60_000, normal)
  const mean = drawn.reduce((sum, number) => sum + number, 0) / drawn.length
  const variance = drawn.reduce((sum, number) => sum + (number - mean) ** 2, 0) / drawn.length
  expect(mean).toBeCloseTo(0, 1)
  expect(variance).toBeCloseTo(1, 1)
})

test('an item of three times the weight is picked three times as often', () => {
  const { pickWeighted } = createRandom('trellis')
  const picked = take(40_000, () => pickWeighted([1, 3], weight => weight))
  expect(picked.filter(weight => weight === 3).length / picked.length).toBeCloseTo(0.75, 1)
})

test('there is nothing to pick from nothing', () => {
  expect(() => createRandom('trellis').pick([])).toThrow('There is nothing to pick from')
})
