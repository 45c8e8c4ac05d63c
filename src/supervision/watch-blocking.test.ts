import { expect, test } from 'vitest'
import { watched } from './fixtures/watched.ts'

const message =
  'the event loop was blocked while these calls were under way: one of them may have kept it busy'
const score = { extension: 'acme', field: 'Customer.score' }

test('when the event loop stands still, the calls that were under way are named', async () => {
  const { call, never, pass, lines } = watched()
  void call(never)
  await pass(25)
  expect(lines).toEqual([])
  await pass(325)
  expect(lines).toEqual([{ message, suspects: [score], milliseconds: 300 }])
})

test('one that was begun and ended meanwhile is named, too', async () => {
  const { call, pass, lines, never } = watched()
  void call(never, 'Customer.mood')
  const { promise, resolve } = Promise.withResolvers<number>()
  const answer = call(() => promise)
  resolve(7)
  await answer
  await pass(325)
  expect(lines).toMatchObject([{ suspects: [{ ...score, field: 'Customer.mood' }, score] }])
})

test('a process that was only not let on the processor blames nobody', async () => {
  const { call, never, pass, lines, clock } = watched()
  Object.assign(clock, { busy: () => 0 })
  void call(never)
  await pass(325)
  expect(lines).toEqual([])
})

test('nothing is watched any more when no call is under way', async () => {
  const { call, pass, pending } = watched()
  await call(async () => 7)
  expect(pending()).toBe(1)
  await pass(25)
  await pass(25)
  expect(pending()).toBe(0)
})
