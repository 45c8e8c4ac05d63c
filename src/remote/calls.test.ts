import { setTimeout as sleep } from 'node:timers/promises'
import { Webhook } from 'standardwebhooks'
import { expect, test } from 'vitest'
import { executorFor, failureOfCall, mutation, query, secret } from './testing/executor.ts'
import { json, type Seen, serve } from './testing/serve.ts'

const header = ({ headers }: Seen, name: string): string => String(headers[name] ?? '')

/** What a verifier in any language does: the text that was signed, made from the request. */
const signedText = (
  seen: Seen,
  changes: { readonly role?: string; readonly method?: string } = {},
): string => {
  const head = [
    changes.method ?? 'POST',
    seen.path,
    header(seen, 'x-trellis-viewer-id'),
    changes.role ?? header(seen, 'x-trellis-viewer-role'),
  ]
  return `[${head.map(text => JSON.stringify(text)).join(',')},${seen.body}]`
}

const signature = (seen: Seen) => ({
  'webhook-id': header(seen, 'webhook-id'),
  'webhook-timestamp': header(seen, 'webhook-timestamp'),
  'webhook-signature': header(seen, 'webhook-signature'),
})

test('a call is a GraphQL request over HTTP, with who asks and for which request', async () => {
  await using remote = await serve(response =>
    json(response, { data: { rating: 5 }, extensions: { cost: 1 } }),
  )
  await using executor = executorFor(`${remote.url}?tenant=1`)
  const traceparent = '00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01'
  const call = query({
    document: 'query R($a: Int) { rating(a: $a) }',
    variables: { a: 1 },
    operationName: 'R',
    traceparent,
  })
  expect(await executor.execute(call)).toEqual({ data: { rating: 5 }, extensions: { cost: 1 } })
  const [seen] = remote.seen
  expect(seen?.path).toBe('/graphql?tenant=1')
  expect(JSON.parse(seen?.body ?? '')).toEqual({
    query: 'query R($a: Int) { rating(a: $a) }',
    variables: { a: 1 },
    operationName: 'R',
  })
  expect(seen?.headers).toMatchObject({
    'content-type': 'application/json',
    accept: 'application/graphql-response+json, application/json;q=0.9',
    'x-request-id': 'req-1',
    'x-trellis-viewer-id': 'usr_1',
    'x-trellis-viewer-role': 'AGENT',
    traceparent,
  })
  expect(seen?.headers).not.toHaveProperty('webhook-signature')
})

test('of the client’s headers those pass that the allow list names', async () => {
  await using remote = await serve(response => json(response, { data: {} }))
  await using strict = executorFor(remote.url, { headers: ['Accept-Language'] })
  await using trusting = executorFor(remote.url, { headers: ['authorization', 'x-broken'] })
  const requestHeaders = new Headers({
    'accept-language': 'zh',
    authorization: 'Bearer canary',
    cookie: 'session=canary',
    'x-trellis-viewer-role': 'ADMINISTRATOR',
  })
  await strict.execute(query({ requestHeaders }))
  await trusting.execute(
    query({ requestHeaders: { get: name => (name === 'x-broken' ? 'a\r\nb: c' : 'Bearer x') } }),
  )
  const [first, second] = remote.seen
  expect(first?.headers).toMatchObject({ 'accept-language': 'zh', 'x-trellis-viewer-role': 'AGENT' })
  expect(JSON.stringify(first)).not.toContain('canary')
  expect(second?.headers).toMatchObject({ authorization: 'Bearer x' })
  expect(second?.headers).not.toHaveProperty('b')
  expect(second?.headers).not.toHaveProperty('x-broken')
})

test('a library of Standard Webhooks verifies the signature over method, path, viewer and body', async () => {
  await using remote = await serve(response => json(response, { data: {} }))
  await using executor = executorFor(`${remote.url}?a="b`, { secret })
  await executor.execute(query({ variables: { name: '北京 "x"' } }))
  const [seen] = remote.seen
  if (seen === undefined) throw new Error('Nothing was asked.')
  const webhook = new Webhook(secret)
  expect(webhook.verify(signedText(seen), signature(seen))).toEqual([
    'POST',
    '/graphql?a=%22b',
    'usr_1',
    'AGENT',
    { query: '{ rating }', variables: { name: '北京 "x"' } },
  ])
  const refused = /No matching signature/
  expect(() => webhook.verify(signedText(seen, { role: 'ADMINISTRATOR' }), signature(seen))).toThrow(refused)
  expect(() => webhook.verify(signedText(seen, { method: 'GET' }), signature(seen))).toThrow(refused)
  expect(() => webhook.verify(signedText({ ...seen, path: '/admin' }), signature(seen))).toThrow(refused)
  expect(() => webhook.verify(signedText({ ...seen, body: '{}' }), signature(seen))).toThrow(refused)
})

test('two secrets give two signatures; a retry has the id of the first attempt', async () => {
  const other = `whsec_${Buffer.alloc(24, 'o').toString('base64')}`
  await using remote = await serve((response, { headers }) => {
    if (remote.seen.length === 1) response.writeHead(503).end()
    else json(response, { data: { id: headers['webhook-id'] } })
  })
  await using executor = executorFor(remote.url, { secret: [secret, other] })
  await executor.execute(query())
  const [first, second] = remote.seen
  if (first === undefined || second === undefined) throw new Error('It was not asked twice.')
  expect(header(second, 'webhook-id')).toBe(header(first, 'webhook-id'))
  for (const one of [secret, other]) new Webhook(one).verify(signedText(second), signature(second))
  await executor.execute(query())
  expect(header(remote.seen[2] ?? first, 'webhook-id')).not.toBe(header(first, 'webhook-id'))
})

test('two users, a thousand times at once: each gets what was answered to it', async () => {
  await using remote = await serve(async (response, { headers, body }) => {
    await sleep(Math.random() * 5)
    json(response, {
      data: {
        who: headers['x-trellis-viewer-id'],
        role: headers['x-trellis-viewer-role'],
        token: headers['x-token'],
        sent: JSON.parse(body).variables.n,
      },
    })
  })
  await using executor = executorFor(remote.url, { headers: ['x-token'], queue: 2000, timeoutMs: 60_000 })
  const ask = (who: string, role: 'ADMINISTRATOR' | 'AGENT', n: number) =>
    executor.execute(
      query({
        viewer: { id: who, role },
        variables: { n },
        requestHeaders: new Headers({ 'x-token': `token of ${who}` }),
      }),
    )
  const pairs = await Promise.all(
    Array.from({ length: 1000 }, (_, n) =>
      Promise.all([ask('usr_a', 'ADMINISTRATOR', n), ask('usr_b', 'AGENT', n)]),
    ),
  )
  for (const [n, [a, b]] of pairs.entries()) {
    expect(a).toEqual({ data: { who: 'usr_a', role: 'ADMINISTRATOR', token: 'token of usr_a', sent: n } })
    expect(b).toEqual({ data: { who: 'usr_b', role: 'AGENT', token: 'token of usr_b', sent: n } })
  }
  // Nothing was answered twice from one request.
  expect(remote.seen).toHaveLength(2000)
})

test('so many at once, so many waiting, and no more', async () => {
  let atOnce = 0
  let most = 0
  await using remote = await serve(async response => {
    atOnce += 1
    most = Math.max(most, atOnce)
    await sleep(20)
    atOnce -= 1
    json(response, { data: {} })
  })
  await using executor = executorFor(remote.url, { concurrency: 3, queue: 4 })
  const calls = Array.from({ length: 10 }, () => executor.execute(mutation()))
  expect(executor.state()).toEqual({ breaker: 'closed', running: 3, queued: 4, subscriptions: 0 })
  const outcomes = await Promise.allSettled(calls)
  const refused = outcomes.flatMap(outcome => (outcome.status === 'rejected' ? [String(outcome.reason)] : []))
  expect(refused).toEqual(
    Array.from(
      { length: 3 },
      () => 'RemoteFailure: The extension "reviews" has 3 calls under way and 4 waiting, as many as it may.',
    ),
  )
  expect(most).toBe(3)
  expect(executor.state()).toEqual({ breaker: 'closed', running: 0, queued: 0, subscriptions: 0 })
})

test('who waits for a turn does so within the deadline, and leaves the queue', async () => {
  await using remote = await serve(async response => {
    await sleep(300)
    json(response, { data: {} })
  })
  await using executor = executorFor(remote.url, { concurrency: 1, timeoutMs: 1000 })
  const first = executor.execute(query())
  const hurried = await failureOfCall(executor.execute(query({ signal: AbortSignal.timeout(50) })))
  expect(hurried.kind).toBe('TIMEOUT')
  expect(executor.state()).toMatchObject({ running: 1, queued: 0 })
  await first
  expect(remote.seen).toHaveLength(1)
})

test('a closed executor ends what is under way and takes no more', async () => {
  await using remote = await serve(() => {})
  await using executor = executorFor(remote.url)
  const under = failureOfCall(executor.execute(query()))
  await sleep(30)
  await executor.close()
  expect((await under).kind).toBe('ABORTED')
  expect((await failureOfCall(executor.execute(query()))).kind).toBe('ABORTED')
})
