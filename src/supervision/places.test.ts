import { expect, test } from 'vitest'
import { createGate } from './gate.ts'
import { createPlaces } from './places.ts'

test('calls for one request hold one place, and give it back after the last', () => {
  const gate = createGate({ concurrency: 1, queue: 0 })
  const places = createPlaces(gate)
  const request = {}
  for (let call = 0; call < 300; call += 1) {
    expect(places.isFree(request)).toBe(true)
    places.enter(request, false)
  }
  expect(gate.inside).toBe(1)
  expect(places.isFree({})).toBe(false)
  for (let call = 0; call < 299; call += 1) places.leave(request)
  expect(gate.inside).toBe(1)
  places.leave(request)
  expect([gate.inside, places.isFree({})]).toEqual([0, true])
})

test('those that wait for one request wait together, and are called in one go', () => {
  const gate = createGate({ concurrency: 1, queue: 1 })
  const places = createPlaces(gate)
  const [first, second, third] = [{}, {}, {}]
  places.enter(first, false)
  const called: string[] = []
  for (const name of ['a', 'b', 'c'])
    expect(
      places.wait(second, isTaken => {
        called.push(`${name} ${isTaken}`)
        places.enter(second, isTaken)
      }),
    ).not.toBeNull()
  expect(places.wait(third, () => undefined)).toBeNull()

  places.leave(first)
  expect(called).toEqual(['a true', 'b false', 'c false'])
  expect(gate.inside).toBe(1)
  for (const _ of called) places.leave(second)
  expect(gate.inside).toBe(0)
})

test('who gives up waiting leaves the others in the line, and the last one leaves it', () => {
  const gate = createGate({ concurrency: 1, queue: 5 })
  const places = createPlaces(gate)
  const [first, second] = [{}, {}]
  places.enter(first, false)
  const called: string[] = []
  const giveUp = ['a', 'b'].map(name => places.wait(second, () => called.push(name)))
  giveUp[0]?.()
  expect(gate.waiting).toBe(1)
  giveUp[1]?.()
  expect(gate.waiting).toBe(0)
  places.leave(first)
  expect(called).toEqual([])
})
