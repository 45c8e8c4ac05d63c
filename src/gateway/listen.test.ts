import { once } from 'node:events'
import { Agent, request as httpRequest, type IncomingMessage, type RequestOptions } from 'node:http'
import { connect } from 'node:net'
import { pino } from 'pino'
import { expect, test } from 'vitest'
import { listen } from './listen.ts'
import { createTestGateway } from './testing/test-gateway.ts'

const json = { 'content-type': 'application/json' }
const megabyte = 1_048_576

/** Sends a request by node:http, whose headers and chunks do as they are told. */
async function send(
  url: string,
  { body = [], ...options }: RequestOptions & { readonly body?: readonly (string | Buffer)[] },
) {
  const outgoing = httpRequest(`${url}/graphql`, { method: 'POST', ...options })
  for (const chunk of body) outgoing.write(chunk)
  outgoing.end()
  const [response]: IncomingMessage[] = await once(outgoing, 'response')
  if (response === undefined) throw new Error('no response')
  const text = (await response.toArray()).join('')
  return { status: response.statusCode, headers: response.headers, text }
}

const query = (text: string, variables?: object) => JSON.stringify({ query: text, variables })
const slow = (milliseconds: number) =>
  query('query ($milliseconds: Int!) { slow(milliseconds: $milliseconds) }', { milliseconds })
const pause = (milliseconds: number) => new Promise(resolve => setTimeout(resolve, milliseconds))

/** What comes back on a bare socket until it closes. */
async function raw(url: string, text: string): Promise<string> {
  const socket = connect(Number(new URL(url).port), '127.0.0.1')
  socket.write(text)
  return (await socket.toArray()).join('')
}

test('a body over the limit is 413: declared', async () => {
  await using gateway = await createTestGateway().listening()
  const { status, text } = await send(gateway.url, {
    headers: { ...json, 'content-length': 2 * megabyte },
    body: [Buffer.alloc(2 * megabyte, ' ')],
  })
  expect(status).toBe(413)
  expect(JSON.parse(text)).toMatchObject({
    errors: [
      {
        message: expect.stringContaining('1048576 bytes'),
        extensions: { code: 'PAYLOAD_TOO_LARGE', requestId: expect.any(String) },
      },
    ],
  })
})

test('a body over the limit is 413: in chunks, however many', async () => {
  await using gateway = await createTestGateway().listening()
  const { status, text } = await send(gateway.url, {
    headers: json,
    body: Array(40).fill(Buffer.alloc(100_000, ' ')),
  })
  expect([status, JSON.parse(text).errors[0].extensions.code]).toEqual([413, 'PAYLOAD_TOO_LARGE'])
})

test('a body just under it is read', async () => {
  await using gateway = await createTestGateway().listening()
  const body = query('{ hello }').padEnd(megabyte, ' ')
  expect(await send(gateway.url, { headers: json, body: [body] })).toMatchObject({
    status: 200,
    text: '{"data":{"hello":"Hello, world!"}}',
  })
})

test('a declared length that is shorter than the body leaves the rest unread, and it is no second request', async () => {
  await using gateway = await createTestGateway().listening()
  const body = query('{ hello }')
  const answer = await raw(
    gateway.url,
    `POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n${body}${'x'.repeat(1000)}\r\n\r\n`,
  )
  expect(answer.match(/HTTP\/1\.1 \d+/g)?.at(-1)).toBe('HTTP/1.1 400')
  expect(answer).not.toContain('"x')
})

test('both a length and chunks, as smugglers send, is 400', async () => {
  await using gateway = await createTestGateway().listening()
  const answer = await raw(
    gateway.url,
    'POST /graphql HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 4\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n',
  )
  expect(answer).toMatch(/^HTTP\/1\.1 400/)
})

test('a Host that is no host is 400, without a stack', async () => {
  await using gateway = await createTestGateway().listening()
  const answer = await raw(gateway.url, 'GET /health/live HTTP/1.1\r\nhost: [\r\n\r\n')
  expect(answer).toMatch(/^HTTP\/1\.1 400/)
  expect(answer).not.toContain('node_modules')
})

test('slow headers and slow bodies are cut off', async () => {
  const never = new Promise<void>(() => undefined)
  const gateway = await listen({
    host: '127.0.0.1',
    port: 0,
    drainSeconds: 0,
    handle: () => never,
    log: pino({ level: 'silent' }),
    timeouts: { headers: 100, request: 200 },
  })
  const start = performance.now()
  expect(await raw(gateway.url, 'GET / HTTP/1.1\r\nhost: local')).toMatch(/^HTTP\/1\.1 408/)
  expect(
    await raw(gateway.url, 'POST / HTTP/1.1\r\nhost: localhost\r\ncontent-length: 9\r\n\r\nslow'),
  ).toMatch(/^HTTP\/1\.1 408|^$/)
  expect(performance.now() - start).toBeLessThan(2000)
  await gateway.close()
})

test('on leaving, requests in flight finish and their connections close', async () => {
  const gateway = createTestGateway()
  const { url, close } = await gateway.listening()
  const agent = new Agent({ keepAlive: true })
  const inFlight = send(url, { headers: json, body: [slow(300)], agent })
  await pause(100)

  const closed = close()

  expect((await gateway.fetch(new Request('http://localhost/health/ready'))).status).toBe(503)
  await expect(send(url, { headers: json, body: [query('{ hello }')] })).rejects.toThrow('ECONNREFUSED')
  expect(await inFlight).toMatchObject({
    status: 200,
    headers: { connection: 'close' },
    text: '{"data":{"slow":"done"}}',
  })
  await closed
})

test('connections without a request do not keep it', async () => {
  const { url, close } = await createTestGateway().listening()
  const agent = new Agent({ keepAlive: true })
  await send(url, { headers: json, body: [query('{ hello }')], agent })
  const start = performance.now()
  await close()
  expect(performance.now() - start).toBeLessThan(500)
})

test('requests that take longer than the drain are cut off, and that is logged', async () => {
  const gateway = createTestGateway({ config: { drainSeconds: 0.2 } })
  const { url, close } = await gateway.listening()
  const inFlight = send(url, { headers: json, body: [slow(3000)] }).catch((error: unknown) => error)
  await pause(100)
  const start = performance.now()

  await Promise.all([close(), close()])

  expect(performance.now() - start).toBeLessThan(1000)
  expect(await inFlight).toMatchObject({ code: 'ECONNRESET' })
  expect(gateway.lines).toContainEqual(
    expect.objectContaining({ msg: 'requests in flight were cut off', requests: 1 }),
  )
})

test('a client that hangs up aborts the signal of its operation', async () => {
  const aborted = Promise.withResolvers<void>()
  const gateway = createTestGateway({
    plugins: [
      {
        onExecute({ args }) {
          args.contextValue.signal.addEventListener('abort', () => aborted.resolve())
        },
      },
    ],
  })
  await using listening = await gateway.listening()
  const outgoing = httpRequest(`${listening.url}/graphql`, { method: 'POST', headers: json })
  outgoing.on('error', () => undefined).end(slow(1000))
  await pause(100)
  outgoing.destroy()
  await expect(aborted.promise).resolves.toBeUndefined()
})

test('a port in use names host and port and says what to do', async () => {
  await using first = await createTestGateway().listening()
  const port = Number(new URL(first.url).port)
  await expect(createTestGateway({ config: { port } }).listen()).rejects.toThrow(
    `Port ${port} on 127.0.0.1 is in use. Stop the process that has it, or set PORT to another port`,
  )
})

test('a host that is not one of ours, or none at all, does so too', async () => {
  await expect(createTestGateway({ config: { host: '192.0.2.1' } }).listen()).rejects.toThrow(
    /192\.0\.2\.1.*HOST/,
  )
  await expect(createTestGateway({ config: { host: 'no-such-host.invalid' } }).listen()).rejects.toThrow(
    /no-such-host\.invalid.*HOST/,
  )
})

test('the address can be opened: IPv6 in brackets', async () => {
  await using gateway = await createTestGateway({ config: { host: '::1' } }).listening()
  expect(gateway.url).toMatch(/^http:\/\/\[::1\]:\d+$/)
  expect((await fetch(`${gateway.url}/health/live`)).status).toBe(200)
})
