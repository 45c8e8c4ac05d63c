import { setImmediate as turn } from 'node:timers/promises'
import { TrellisError, UserErrors } from '@trellis/sdk'
import { expect, test } from 'vitest'
import { watched } from './fixtures/watched.ts'

test('a call that answers at once is answered for at once: no promise, no timer, no place', () => {
  const { call, pending, supervisor } = watched({ concurrency: 1 })
  expect(call(() => [1, 2])).toEqual([1, 2])
  expect([pending(), supervisor.gate.inside]).toEqual([0, 0])
})

test('a call that never answers is left behind at its deadline, and its place is free', async () => {
  const { call, never, pass, supervisor } = watched({ concurrency: 1 })
  const first = call(never)
  await pass(499)
  expect(supervisor.gate.inside).toBe(1)
  await pass(1)
  expect(await first).toBe('EXTENSION_TIMEOUT')
  expect(supervisor.gate.inside).toBe(0)
  expect(await call(async () => 7)).toBe(7)
})

test.each([
  ['answers', async () => 7],
  ['is rejected', async () => Promise.reject(new Error('late'))],
])('what %s after the deadline is counted, and nobody hears of it', async (_, late) => {
  const { call, pass, supervisor } = watched()
  const gate = Promise.withResolvers<unknown>()
  const answer = call(() => gate.promise.then(late))
  await pass(500)
  gate.resolve(null)
  await turn()
  expect(await answer).toBe('EXTENSION_TIMEOUT')
  expect(supervisor.field('Customer.score').counts).toMatchObject({ timeouts: 1, late: 1 })
  expect(supervisor.field('Customer.score').tally.total).toMatchObject({ calls: 1, failures: 1 })
})

test('mutations and hooks may take longer', async () => {
  const { call, never, pass } = watched()
  const answers = ['Mutation.acme', 'checks.Customer'].map(coordinate => call(never, coordinate))
  await pass(9999)
  expect(await Promise.race([...answers, Promise.resolve('not yet')])).toBe('not yet')
  await pass(1)
  expect(await Promise.all(answers)).toEqual(['EXTENSION_TIMEOUT', 'EXTENSION_TIMEOUT'])
})

test("within a call, the signal aborts at the call's deadline; outside it is the request's", async () => {
  const { call, pass, supervision } = watched()
  const { signal } = new AbortController()
  let seen: AbortSignal | undefined
  const answer = call(async () => {
    await turn()
    seen = supervision.signalFor(signal)
    await new Promise(() => undefined)
  })
  await turn()
  await turn()
  expect(seen?.aborted).toBe(false)
  await pass(500)
  expect(await answer).toBe('EXTENSION_TIMEOUT')
  expect([seen?.aborted, seen?.reason instanceof DOMException, signal.aborted]).toEqual([true, true, false])
  expect(supervision.signalFor(signal)).toBe(signal)
})

test('a client that hangs up aborts the signal, and what comes of that is not held against the extension', async () => {
  const { call, supervision, supervisor } = watched({ failures: 1 })
  const request = new AbortController()
  const answer = call(
    () =>
      new Promise((_, reject) => {
        const signal = supervision.signalFor(request.signal)
        signal.addEventListener('abort', () => reject(new Error('aborted')))
      }),
    'Customer.score',
    { signal: request.signal },
  )
  request.abort()
  expect(await answer).toBe('Error: aborted')
  expect(supervisor.breaker.state).toBe('closed')
})

/** A call whose client hangs up at once, upon which it is broken off. */
const hungUp = async ({ call }: Pick<ReturnType<typeof watched>, 'call'>, work?: () => unknown) => {
  const request = new AbortController()
  const brokenOff = () =>
    new Promise((_, reject) =>
      request.signal.addEventListener('abort', () => reject(new Error('broken off'))),
    )
  const answer = call(work ?? brokenOff, 'Customer.score', { signal: request.signal })
  request.abort()
  return { answer }
}

test('nor for it: failures before and after it are in a row', async () => {
  const score = watched()
  for (let each = 0; each < 4; each += 1) score.call(score.breaks)
  await (await hungUp(score)).answer
  score.call(score.breaks)
  expect(score.call(() => 7)).toBe('EXTENSION_UNAVAILABLE')
})

test('a trial whose client hangs up proves nothing: after as long, another one is made', async () => {
  const score = watched()
  for (let each = 0; each < 5; each += 1) score.call(score.breaks)
  await score.pass(5000)
  await (await hungUp(score)).answer
  expect([score.call(() => 7), score.supervisor.breaker.state]).toEqual([
    'EXTENSION_UNAVAILABLE',
    'half-open',
  ])
  await score.pass(5000)
  expect([score.call(() => 7), score.supervisor.breaker.state]).toEqual([7, 'closed'])
})

test('an extension that never answers is left alone, though all clients hang up before its deadline', async () => {
  const score = watched()
  const answers = []
  for (let each = 0; each < 5; each += 1) answers.push((await hungUp(score, score.never)).answer)
  await score.pass(500)
  expect(await Promise.all(answers)).toEqual(Array.from({ length: 5 }, () => 'EXTENSION_TIMEOUT'))
  expect(score.call(() => 7)).toBe('EXTENSION_UNAVAILABLE')
})

test('more calls than there is room for wait; more than may wait are refused', async () => {
  const { call, supervisor } = watched({ concurrency: 2, queue: 1 })
  const held = Promise.withResolvers<string>()
  const answers = Array.from({ length: 4 }, () => call(() => held.promise))
  expect(supervisor.gate).toMatchObject({ inside: 2, waiting: 1 })
  expect(answers[3]).toBe('EXTENSION_OVERLOADED')
  held.resolve('done')
  expect(await Promise.all(answers)).toEqual(['done', 'done', 'done', 'EXTENSION_OVERLOADED'])
  expect(supervisor.gate).toMatchObject({ inside: 0, waiting: 0 })
  expect(supervisor.field('Customer.score').tally.total).toMatchObject({ calls: 3, failures: 0, refusals: 1 })
})

test('waiting ends at the deadline as well, and is no failure of what was not called', async () => {
  const { call, never, pass, supervisor } = watched({ concurrency: 1, failures: 1 })
  void call(never, 'Mutation.acme')
  const answer = call(() => 7)
  await pass(500)
  expect(await answer).toBe('EXTENSION_OVERLOADED')
  expect(supervisor.gate).toMatchObject({ inside: 1, waiting: 0 })
  expect(supervisor.breaker.state).toBe('closed')
})

test('what waited for a place is not called any more when the breaker has opened meanwhile', async () => {
  const { call, never, pass, supervisor } = watched({ concurrency: 1, failures: 1 })
  const first = call(never)
  await pass(100)
  const second = call(() => 7)
  await pass(400)
  expect(await Promise.all([first, second])).toEqual(['EXTENSION_TIMEOUT', 'EXTENSION_UNAVAILABLE'])
  expect(supervisor.gate).toMatchObject({ inside: 0, waiting: 0 })
})

test('a call within a call does not wait for the place that the outer one holds', async () => {
  const { call } = watched({ concurrency: 1 })
  const outer = call(async () => call(async () => 'inner', 'checks.Customer'), 'Mutation.acme')
  expect(await outer).toBe('inner')
})

test('what a caller is refused is no failure; what is broken is', () => {
  const { call, supervisor } = watched()
  const thrown = [
    new UserErrors([{ code: 'ACME', message: 'No.', path: [] }]),
    new TrellisError('BAD_INPUT', 'No.'),
    new TrellisError('FORBIDDEN', 'No.'),
    new TrellisError('EXTENSION_TIMEOUT', 'Not this one.', { extensions: { extension: 'other' } }),
    new TrellisError('INTERNAL', 'Broken.'),
    new TypeError('undefined is not a function'),
    null,
  ]
  for (const each of thrown)
    call(() => {
      throw each
    })
  expect(supervisor.field('Customer.score').tally.total).toMatchObject({ calls: 7, failures: 3 })
})

test('a call that blocks the event loop is named once in a while, and counted always', async () => {
  const { call, pass, lines, supervisor, clock } = watched()
  const block = async () => {
    await Promise.resolve()
  }
  let now = 0
  Object.assign(clock, { now: () => (now += 60) })
  await call(block)
  call(() => 7)
  await pass(0)
  expect(lines).toEqual([
    {
      message: 'the extension blocked the event loop: all other requests waited',
      extension: 'acme',
      field: 'Customer.score',
      milliseconds: 60,
    },
  ])
  expect(supervisor.field('Customer.score').counts).toMatchObject({ blocks: 2, blockedMs: 120 })
})
