import { once } from 'node:events'
import { type IncomingMessage, request as open } from 'node:http'
import { text } from 'node:stream/consumers'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { signatureHeaders } from '../remote/sign.ts'
import { type PartServer, startPartServer } from './part-server.ts'
import { packed } from './protocol.ts'

const secret = `whsec_${Buffer.alloc(32, 's').toString('base64')}`
const done: string[] = []
let server: PartServer
beforeAll(async () => {
  const log = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined }
  server = await startPartServer({
    name: 'acme',
    at: { host: '127.0.0.1', port: 0 },
    secret,
    answer: async ({ query }) => {
      done.push(query)
      return Response.json({ data: {} })
    },
    call: async ({ kind, name }) => void done.push(`${kind} ${name}`),
    log,
  })
})
afterAll(() => server.close())
beforeEach(() => void done.splice(0))

const asked = {
  viewer: { id: 'usr_1', name: 'Ada', role: 'AGENT', teamId: null },
  requestId: 'req-1',
  idempotent: null,
  call: null,
}

interface Recorded {
  readonly path: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

/** A request as the gateway signs it. */
function signed(body: string, { path = '/acme/graphql', agoSeconds = 0 } = {}): Recorded {
  const timestamp = Math.floor(Date.now() / 1000) - agoSeconds
  const facts = {
    id: `msg_${crypto.randomUUID()}`,
    timestamp,
    method: 'POST',
    path,
    viewerId: '',
    viewerRole: '',
    body,
  }
  return { path, body, headers: { 'content-type': 'application/json', ...signatureHeaders([secret], facts) } }
}

const operation = (query: string, options?: { readonly path: string }): Recorded =>
  signed(JSON.stringify({ query, extensions: { trellis: asked } }), options)

const call = (kind: string, name: string): Recorded =>
  signed(
    JSON.stringify({
      query: '',
      extensions: { trellis: { ...asked, call: { kind, name, data: packed(null) } } },
    }),
  )

const send = ({ path, headers, body }: Recorded): Promise<Response> =>
  fetch(new URL(path, server.url), { method: 'POST', headers, body })

test.each([
  ['a mutation', operation('mutation{rate}'), 'mutation{rate}'],
  ['a job', call('job', 'survey'), 'job survey'],
  ['an event', call('event', 'customer.created'), 'event customer.created'],
])('%s that somebody recorded is not done again', async (_, recorded, what) => {
  expect((await send(recorded)).status).toBe(200)
  const again = await send(recorded)
  expect(again.status).toBe(409)
  expect(await again.text()).toBe('This request was there before; it is not done again.')
  expect(done).toEqual([what])
})

test('a query may be sent again, as gateways do', async () => {
  const query = operation('{rating}')
  expect([(await send(query)).status, (await send(query)).status]).toEqual([200, 200])
})

test('a request to another extension is refused, whoever signed it', async () => {
  const answer = await send(operation('mutation{rate}', { path: '/other/graphql' }))
  expect(answer.status).toBe(404)
  expect(await answer.text()).toBe('Here is the extension acme, at /acme/graphql.')
  expect(done).toEqual([])
})

test('a request that was changed on the way is refused', async () => {
  const { headers, ...rest } = operation('mutation{rate}')
  expect((await send({ ...rest, headers: { ...headers, 'x-trellis-viewer-id': 'usr_2' } })).status).toBe(401)
  expect(done).toEqual([])
})

/** Sends the head of a request that announces a body, and none of it. */
async function sendHead(headers: Readonly<Record<string, string | number>>): Promise<IncomingMessage> {
  const request = open(new URL('/acme/graphql', server.url), { method: 'POST', headers })
  request.flushHeaders()
  const [response]: IncomingMessage[] = await once(request, 'response')
  if (!response) throw new Error('There is no response.')
  response.once('close', () => request.destroy())
  return response
}

test.each([
  ['not signed', {}],
  ['signed an hour ago', signed('{}', { agoSeconds: 3600 }).headers],
  ['signed in an hour', signed('{}', { agoSeconds: -3600 }).headers],
])('one that is %s is refused before its body comes', async (_, headers) => {
  const { statusCode } = await sendHead({ ...headers, 'content-length': 1000 })
  expect(statusCode).toBe(401)
})

test('one that announces too long a body is told so before it comes', async () => {
  const response = await sendHead({ ...signed('{}').headers, 'content-length': 2 ** 27 })
  expect(response.statusCode).toBe(413)
  expect(await text(response)).toBe('A request has 67108864 bytes at most.')
})

test('one whose body becomes too long is told so', async () => {
  const request = open(new URL('/acme/graphql', server.url), {
    method: 'POST',
    headers: { ...signed('{}').headers, 'transfer-encoding': 'chunked' },
  })
  const answered: Promise<IncomingMessage[]> = once(request, 'response')
  const piece = Buffer.alloc(2 ** 20, ' ')
  for (let sent = 0; sent <= 64; sent += 1) if (!request.write(piece)) await once(request, 'drain')
  const [response] = await answered
  expect(response?.statusCode).toBe(413)
  request.destroy()
})
