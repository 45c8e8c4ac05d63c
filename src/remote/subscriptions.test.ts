import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import type { ExecutionResult } from 'graphql'
import { expect, test } from 'vitest'
import type { RemoteCall } from './executor.ts'
import { executorFor, failureOfCall, query } from './testing/executor.ts'
import { type Answer, json, serve } from './testing/serve.ts'

const subscription = (call: Partial<RemoteCall> = {}): RemoteCall =>
  query({ document: 'subscription { rated }', operationType: 'subscription', ...call })

/** A remote that sends these pieces of an event stream, in their order, and then keeps the stream open. */
const stream =
  (...pieces: readonly string[]): Answer =>
  async response => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (const piece of pieces) {
      response.write(piece)
      await sleep(5)
    }
  }

const next = (value: unknown): string => `event: next\ndata: ${JSON.stringify(value)}\n\n`
const complete = 'event: complete\ndata:\n\n'

async function all(results: AsyncIterable<ExecutionResult>): Promise<readonly ExecutionResult[]> {
  const taken: ExecutionResult[] = []
  for await (const result of results) taken.push(result)
  return taken
}

test('events arrive until the remote says that it is complete, however the stream is cut into pieces', async () => {
  const whole = `:\n\n${next({ data: { rated: 1 } })}event: next\r\ndata: {"data":\r\ndata: {"rated":2}}\r\n\r\n:ping\n\n${next({ errors: [{ message: 'no' }] })}${complete}`
  await using remote = await serve(stream(...(whole.match(/[^]{1,7}/g) ?? [])))
  await using executor = executorFor(remote.url, { secret: `whsec_${Buffer.alloc(24).toString('base64')}` })
  const results = await all(executor.subscribe(subscription()))
  expect(JSON.parse(JSON.stringify(results))).toEqual([
    { data: { rated: 1 } },
    { data: { rated: 2 } },
    { errors: [{ message: 'no' }] },
  ])
  expect(executor.state().subscriptions).toBe(0)
  expect(remote.seen[0]?.headers).toMatchObject({
    accept: 'text/event-stream',
    'x-trellis-viewer-id': 'usr_1',
    'webhook-signature': expect.stringMatching(/^v1,/),
  })
})

test('it lives longer than the deadline of calls, as long as heartbeats come', async () => {
  await using remote = await serve(async response => {
    response.writeHead(200, { 'content-type': 'text/event-stream' })
    for (let beat = 1; beat <= 10; beat += 1) {
      response.write(':\n\n')
      await sleep(40)
    }
    response.end(next({ data: { rated: 1 } }) + complete)
  })
  await using executor = executorFor(remote.url, { timeoutMs: 200, heartbeatMs: 300 })
  expect(await all(executor.subscribe(subscription()))).toEqual([{ data: { rated: 1 } }])
})

test('silence ends it', async () => {
  await using remote = await serve(stream(next({ data: { rated: 1 } })))
  await using executor = executorFor(remote.url, { heartbeatMs: 100 })
  const results = executor.subscribe(subscription())
  expect((await results.next()).value).toEqual({ data: { rated: 1 } })
  // A client that takes its time is not the remote's silence.
  await sleep(200)
  const { kind, message } = await failureOfCall(results.next())
  expect({ kind, message }).toEqual({
    kind: 'TIMEOUT',
    message: 'The extension "reviews" sent nothing on a subscription for 100 ms, not even a heartbeat.',
  })
})

test('it ends with the client, and the remote is told at once', async () => {
  const closed: Promise<unknown>[] = []
  const answer: Answer = async response => {
    closed.push(once(response, 'close'))
    await stream(next({ data: { rated: 1 } }))(response, { headers: {}, path: '', body: '' })
  }
  await using remote = await serve(answer)
  await using executor = executorFor(remote.url)
  const hungUp = new AbortController()
  const byside = executor.subscribe(subscription({ signal: hungUp.signal }))
  const left = executor.subscribe(subscription())
  for (const results of [byside, left]) await results.next()
  expect(executor.state().subscriptions).toBe(2)
  const waiting = [byside.next(), left.next()]
  hungUp.abort()
  await left.return()
  expect(await Promise.all(waiting)).toEqual([
    { done: true, value: undefined },
    { done: true, value: undefined },
  ])
  await Promise.all(closed)
  expect(executor.state().subscriptions).toBe(0)
})

test('a client that hangs up while nothing is taken cuts the stream, too', async () => {
  const { promise, resolve } = Promise.withResolvers<unknown>()
  await using remote = await serve(response => {
    response.on('close', () => resolve(true))
    return stream(next({ data: {} }))(response, { headers: {}, path: '', body: '' })
  })
  await using executor = executorFor(remote.url)
  const hungUp = new AbortController()
  const results = executor.subscribe(subscription({ signal: hungUp.signal }))
  await results.next()
  hungUp.abort()
  expect(await promise).toBe(true)
  expect(await results.next()).toEqual({ done: true, value: undefined })
})

test.each([
  ['an event that is too large', stream(`event: next\ndata: ${'a'.repeat(3000)}`), 'TOO_LARGE'],
  ['one in many lines', stream('data: 123456789\n'.repeat(200)), 'TOO_LARGE'],
  ['an event that is not JSON', stream('event: next\ndata: <html>\n\n'), 'NOT_JSON'],
  ['an event that is not a result', stream(next({})), 'NOT_GRAPHQL'],
  [
    'an end without complete',
    ((response, seen) => {
      void stream(':\n\n')(response, seen)
      setTimeout(() => response.end(), 30)
    }) satisfies Answer,
    'RESET',
  ],
  [
    'a reset',
    ((response, seen) => {
      void stream(':\n\n')(response, seen)
      setTimeout(() => response.destroy(), 30)
    }) satisfies Answer,
    'RESET',
  ],
  [
    'HTML',
    (response => response.writeHead(200, { 'content-type': 'text/html' }).end()) satisfies Answer,
    'NOT_JSON',
  ],
  ['a redirect', (response => response.writeHead(302, { location: '/' }).end()) satisfies Answer, 'REDIRECT'],
  [
    'a 503, which is not tried again',
    (response => response.writeHead(503).end()) satisfies Answer,
    'HTTP_STATUS',
  ],
  ['nothing at all', (() => {}) satisfies Answer, 'TIMEOUT'],
])('%s', async (_, answer, kind) => {
  await using remote = await serve(answer)
  await using executor = executorFor(remote.url, { timeoutMs: 200, maxResponseBytes: 2000 })
  expect((await failureOfCall(all(executor.subscribe(subscription())))).kind).toBe(kind)
  expect(remote.seen).toHaveLength(1)
  expect(executor.state().subscriptions).toBe(0)
})

test('many small events are not one large one', async () => {
  const many = Array.from({ length: 200 }, (__, rated) => next({ data: { rated } })).join('')
  await using remote = await serve(stream(many + complete))
  await using executor = executorFor(remote.url, { maxResponseBytes: 2000 })
  expect(await all(executor.subscribe(subscription()))).toHaveLength(200)
})

test('a refusal comes as one result', async () => {
  await using remote = await serve(response => json(response, { errors: [{ message: 'No such field' }] }))
  await using executor = executorFor(remote.url)
  const [refusal, ...more] = await all(executor.subscribe(subscription()))
  expect(refusal?.errors?.map(({ message }) => message)).toEqual(['No such field'])
  expect(more).toEqual([])
})

test('so many are open at once, and take no places of queries', async () => {
  await using remote = await serve((response, seen) =>
    seen.headers.accept === 'text/event-stream'
      ? stream(next({ data: {} }))(response, seen)
      : json(response, { data: {} }),
  )
  await using executor = executorFor(remote.url, { subscriptions: 2, concurrency: 1 })
  const open = [executor.subscribe(subscription()), executor.subscribe(subscription())]
  for (const results of open) await results.next()
  expect((await failureOfCall(executor.subscribe(subscription()).next())).kind).toBe('OVERLOADED')
  expect(await executor.execute(query())).toEqual({ data: {} })
  await executor.close()
  for (const results of open) expect((await failureOfCall(results.next())).kind).toBe('ABORTED')
})
