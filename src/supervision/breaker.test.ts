import { describe, expect, test } from 'vitest'
import { watched } from './fixtures/watched.ts'

describe('an extension that fails five times in a row', () => {
  test('is left alone, tried after five seconds, and called again when that went well', async () => {
    const { call, breaks, pass, lines } = watched()
    let calls = 0
    const count = () => ++calls
    for (let each = 0; each < 5; each += 1) expect(call(breaks)).toBe('Error: broken')
    expect(call(count)).toBe('EXTENSION_UNAVAILABLE')
    await pass(4999)
    expect([call(count), calls]).toEqual(['EXTENSION_UNAVAILABLE', 0])
    await pass(1)
    expect([call(count), call(count)]).toEqual([1, 2])
    expect(lines).toEqual([
      {
        message: 'the extension failed repeatedly and is left alone',
        extension: 'acme',
        field: 'Customer.score',
        failures: 5,
      },
      { message: 'the extension failed repeatedly and is left alone', extension: 'acme', failures: 5 },
      { message: 'the extension answers again', extension: 'acme', field: 'Customer.score' },
      { message: 'the extension answers again', extension: 'acme' },
    ])
  })

  test('is tried by one call at a time, and left alone again when that fails', async () => {
    const { call, breaks, never, pass } = watched()
    for (let each = 0; each < 5; each += 1) call(breaks)
    await pass(5000)
    const trial = call(never)
    expect(call(() => 7)).toBe('EXTENSION_UNAVAILABLE')
    await pass(500)
    expect(await trial).toBe('EXTENSION_TIMEOUT')
    expect(call(() => 7)).toBe('EXTENSION_UNAVAILABLE')
    await pass(5000)
    expect(call(() => 7)).toBe(7)
  })

  test.each([
    ['answers', async () => 7],
    ['fails', () => Promise.reject(new Error('broken'))],
  ])('is not judged by a call from before that %s while another is tried', async (_, late) => {
    const { call, breaks, never, pass, supervisor } = watched({ deadlineMs: 8000 })
    const slow = Promise.withResolvers<void>()
    const answer = call(() => slow.promise.then(late))
    for (let each = 0; each < 5; each += 1) call(breaks)
    await pass(5000)
    const trial = call(never)
    slow.resolve()
    await answer
    expect([supervisor.breaker.state, supervisor.field('Customer.score').breaker.state]).toEqual([
      'half-open',
      'half-open',
    ])
    await pass(8000)
    expect([await trial, supervisor.breaker.state]).toEqual(['EXTENSION_TIMEOUT', 'open'])
  })

  test('refuses the hooks of writes, too', () => {
    const { call, breaks } = watched()
    for (let each = 0; each < 5; each += 1) call(breaks)
    expect(call(() => [], 'checks.Customer')).toBe('EXTENSION_UNAVAILABLE')
  })
})

test('successes in between keep it closed', () => {
  const { call, breaks, supervisor } = watched()
  for (let each = 0; each < 20; each += 1) {
    call(breaks)
    if (each % 4 === 3) call(() => 7)
  }
  expect(supervisor.breaker.state).toBe('closed')
})

test('a field that always fails is left alone while its sound neighbour answers', () => {
  const { call, breaks, supervisor } = watched()
  for (let each = 0; each < 5; each += 1) {
    call(breaks)
    call(() => 7, 'Customer.mood')
  }
  expect(call(() => 7)).toBe('EXTENSION_UNAVAILABLE')
  expect(call(() => 7, 'Customer.mood')).toBe(7)
  expect(supervisor.breaker.state).toBe('closed')
})
