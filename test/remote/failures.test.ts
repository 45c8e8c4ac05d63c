import { type RemoteExtensionOptions, remoteExtension } from '@trellis/sdk'
import { createTestGateway, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type Answer, json, type Served, serve } from '../../src/remote/testing/serve.ts'

interface Service {
  readonly answer: Answer
  readonly options?: Partial<RemoteExtensionOptions>
}

const opened = Promise.withResolvers<void>()

const services = {
  silent: { answer: () => undefined, options: { timeoutMs: 200 } },
  broken: { answer: response => response.destroy() },
  ending: { answer: response => response.writeHead(200, { 'content-type': 'text/event-stream' }).end() },
  wrong: { answer: response => json(response, {}) },
  failing: {
    answer: response => json(response, {}, 500),
    options: { breaker: { failures: 1, firstTrialMs: 60_000, longestTrialMs: 60_000 } },
  },
  full: {
    answer: response => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
      opened.resolve()
    },
    options: { subscriptions: 1 },
  },
} satisfies Readonly<Record<string, Service>>

const extensionAt = (name: string, url: string, options: Partial<RemoteExtensionOptions> = {}) =>
  remoteExtension({
    name,
    version: '1.0.0',
    url,
    schema: `type Query { "The last." ${name}Last: Int } type Subscription { "Each." ${name}Each: Int }`,
    retries: 0,
    ...options,
  })

const closing = new AsyncDisposableStack()
const served = new Map<string, Served>()
let gateway: TestGateway
beforeAll(async () => {
  for (const [name, { answer }] of Object.entries<Service>(services))
    served.set(name, closing.use(await serve(answer)))
  // Nobody listens there any more.
  const { url } = await serve(() => undefined).then(async left => {
    await left[Symbol.asyncDispose]()
    return left
  })
  const extensions = Object.entries<Service>(services).map(([name, { options }]) =>
    extensionAt(name, served.get(name)?.url ?? '', options),
  )
  gateway = closing.use(await createTestGateway({ extensions: [...extensions, extensionAt('gone', url)] }))
})
afterAll(() => closing.disposeAsync())

const subscribe = async (name: string, signal: AbortSignal | null = null): Promise<Response> =>
  gateway.trellis.gateway.fetch(
    new Request('http://localhost/graphql', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${gateway.keys.administrator}`,
        'content-type': 'application/json',
        accept: 'text/event-stream',
      },
      body: JSON.stringify({ query: `subscription { ${name}Each }` }),
      signal,
    }),
  )

/** What a client is told in the place of the first event. */
async function toldOfEvents(name: string): Promise<unknown> {
  const text = await (await subscribe(name)).text()
  return valueAt(JSON.parse(/^data: (\{.*)$/m.exec(text)?.[1] ?? '{}'), 'errors.0')
}

const toldOfAnswer = async (name: string): Promise<unknown> =>
  valueAt(await gateway.ask(`{ ${name}Last }`), 'errors.0')

const unavailable = { code: 'EXTENSION_UNAVAILABLE', retryable: true }

test.each([
  ['gone', unavailable],
  ['broken', unavailable],
  ['silent', { code: 'EXTENSION_TIMEOUT', retryable: true }],
  ['wrong', { code: 'EXTENSION_FAILED', retryable: false }],
])(
  'of a service that is %s, a client is told the same by a query and by a subscription',
  async (name, extensions) => {
    const told = { extensions: { extension: name, ...extensions } }
    expect(await toldOfAnswer(name)).toMatchObject(told)
    expect(await toldOfEvents(name)).toMatchObject(told)
  },
)

test('a stream that breaks off says so', async () => {
  expect(await toldOfEvents('ending')).toMatchObject({ extensions: unavailable })
})

test('one that is left alone is not subscribed to', async () => {
  expect(await toldOfAnswer('failing')).toMatchObject({ extensions: { code: 'EXTENSION_FAILED' } })
  expect(await toldOfEvents('failing')).toMatchObject({ extensions: unavailable })
  expect(served.get('failing')?.seen).toHaveLength(1)
})

test('one subscription too many is told to come again', async () => {
  const leaving = new AbortController()
  const { body } = await subscribe('full', leaving.signal)
  const whole = new Response(body).text()
  await opened.promise
  expect(await toldOfEvents('full')).toMatchObject({
    extensions: { code: 'EXTENSION_OVERLOADED', retryable: true },
  })
  leaving.abort()
  await whole
})
