import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, test } from 'vitest'
import { createBreaker } from './breaker.ts'
import { executorFor, failureOfCall, query } from './testing/executor.ts'
import { json, serve } from './testing/serve.ts'

const limits = { failures: 5, failingMs: 2000, firstTrialMs: 1000, longestTrialMs: 5000 }

/** A breaker and the clock that it goes by, in milliseconds. */
function clocked() {
  const clock = { now: 0 }
  const breaker = createBreaker(limits, () => clock.now)
  const fail = (milliseconds = 0): void => {
    const permit = breaker.admit()
    clock.now += milliseconds
    permit?.failed()
  }
  return { breaker, clock, fail }
}

describe('opens', () => {
  test('at the fifth failure in a row', () => {
    const { breaker, fail } = clocked()
    for (let failure = 1; failure <= 4; failure += 1) fail()
    expect(breaker.state()).toBe('closed')
    fail()
    expect(breaker.state()).toBe('open')
    expect(breaker.admit()).toBeUndefined()
  })

  test('not when a success is between them', () => {
    const { breaker, fail } = clocked()
    for (let failure = 1; failure <= 20; failure += 1) {
      fail()
      if (failure % 4 === 0) breaker.admit()?.succeeded()
    }
    expect(breaker.state()).toBe('closed')
  })

  test('after two seconds of failing, reckoned from the start of the first that failed; never for one', () => {
    const { breaker, fail } = clocked()
    fail(2000)
    expect(breaker.state()).toBe('closed')
    fail()
    expect(breaker.state()).toBe('open')
  })
})

describe('when open', () => {
  test('one trial is let through at a time; its success closes', () => {
    const { breaker, clock, fail } = clocked()
    for (let failure = 1; failure <= 5; failure += 1) fail()
    clock.now += 999
    expect(breaker.admit()).toBeUndefined()
    clock.now += 1
    const trial = breaker.admit()
    expect(breaker.state()).toBe('half-open')
    expect(breaker.admit()).toBeUndefined()
    trial?.succeeded()
    expect(breaker.state()).toBe('closed')
    expect(breaker.admit()).toBeDefined()
  })

  test('the waits double up to the longest, so that a remote that is back is in use within 10 s', () => {
    const { breaker, clock, fail } = clocked()
    for (let failure = 1; failure <= 5; failure += 1) fail()
    const trials: number[] = []
    for (; clock.now < 30_000; clock.now += 100) {
      const trial = breaker.admit()
      if (trial) trials.push(clock.now)
      trial?.failed()
    }
    expect(trials).toEqual([1000, 3000, 7000, 12_000, 17_000, 22_000, 27_000])
    // Back just after a trial that failed.
    const back = clock.now
    for (; breaker.state() !== 'closed'; clock.now += 100) breaker.admit()?.succeeded()
    expect(clock.now - back).toBeLessThan(10_000)
  })

  test('a trial whose caller gave up leaves the place to another', () => {
    const { breaker, clock, fail } = clocked()
    for (let failure = 1; failure <= 5; failure += 1) fail()
    clock.now += 1000
    breaker.admit()?.abandoned()
    breaker.admit()?.succeeded()
    expect(breaker.state()).toBe('closed')
  })

  test('calls from before have no say', () => {
    const { breaker, clock, fail } = clocked()
    const early = Array.from({ length: 10 }, () => breaker.admit())
    for (let failure = 1; failure <= 5; failure += 1) fail()
    early[0]?.succeeded()
    expect(breaker.state()).toBe('open')
    clock.now += 1000
    breaker.admit()?.succeeded()
    for (const permit of early.slice(1)) permit?.failed()
    expect(breaker.state()).toBe('closed')
  })
})

describe('over a socket', () => {
  test('dead, then left alone, then back', async () => {
    let dead = true
    await using remote = await serve(response =>
      dead ? response.writeHead(500).end() : json(response, { data: { rating: 5 } }),
    )
    await using executor = executorFor(remote.url, { breaker: { firstTrialMs: 50 } })
    for (let call = 1; call <= 5; call += 1)
      expect((await failureOfCall(executor.execute(query()))).kind).toBe('HTTP_STATUS')
    const { kind, message, retryable } = await failureOfCall(executor.execute(query()))
    expect({ kind, message, retryable }).toEqual({
      kind: 'BREAKER_OPEN',
      message: 'The extension "reviews" is left alone for a moment, since it failed.',
      retryable: true,
    })
    expect(remote.seen).toHaveLength(5)
    dead = false
    await sleep(60)
    expect(await executor.execute(query())).toEqual({ data: { rating: 5 } })
    expect(executor.state().breaker).toBe('closed')
  })

  test('when the breaker opens between two attempts, why it did is what the call ends with', async () => {
    await using remote = await serve(response => response.writeHead(503).end())
    await using executor = executorFor(remote.url, { breaker: { failures: 1 } })
    const { kind, status } = await failureOfCall(executor.execute(query()))
    expect({ kind, status, asked: remote.seen.length }).toEqual({
      kind: 'HTTP_STATUS',
      status: 503,
      asked: 1,
    })
  })

  test('a remote that never answers is left alone once two seconds are over', async () => {
    await using remote = await serve(() => {})
    await using executor = executorFor(remote.url, { timeoutMs: 150, breaker: { failingMs: 200 } })
    const began = performance.now()
    const kinds: string[] = []
    while (!kinds.includes('BREAKER_OPEN') && performance.now() - began < 5000)
      kinds.push((await failureOfCall(executor.execute(query()))).kind)
    expect(kinds).toEqual(['TIMEOUT', 'TIMEOUT', 'BREAKER_OPEN'])
  })

  test('neither a refusal (4xx) nor a caller who hangs up is the remote’s failure', async () => {
    await using remote = await serve((response, { body }) => {
      if (body.includes('rating')) response.writeHead(400).end()
    })
    await using executor = executorFor(remote.url)
    for (let call = 1; call <= 8; call += 1) {
      await failureOfCall(executor.execute(query()))
      const hangsUp = new AbortController()
      setTimeout(() => hangsUp.abort(), 10)
      await failureOfCall(executor.execute(query({ document: '{ slow }', signal: hangsUp.signal })))
    }
    expect(executor.state().breaker).toBe('closed')
  })
})
