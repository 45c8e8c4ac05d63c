import { once } from 'node:events'
import { Agent, request as httpRequest, type IncomingMessage } from 'node:http'
import { TrellisError, UserErrors } from '@trellis/sdk'
import { expect, test } from 'vitest'
import { createTestGateway } from '../testing/test-gateway.ts'
import { createRouter, type GatewayRoute, type ViewerRoute } from './router.ts'

const kilobyte = Buffer.alloc(1024, 'x')

const route = (
  handle: ViewerRoute['handle'],
  { method = 'GET', path = '/files/:id' }: Partial<ViewerRoute> = {},
): GatewayRoute => ({ method, path, handle })

const answering = (body: string) => route(async () => ({ status: 200, body }))

/** A listening gateway with these routes, and its log. */
async function serve(routes: readonly GatewayRoute[], config = {}) {
  const gateway = createTestGateway({ routes, config })
  const listening = await gateway.listening()
  return { ...listening, lines: gateway.lines, fetch: gateway.fetch }
}

async function get(url: string, options = {}): Promise<IncomingMessage> {
  const [response]: IncomingMessage[] = await once(httpRequest(url, options).end(), 'response')
  if (!response) throw new Error('There was no response.')
  return response
}

const textOf = async (response: IncomingMessage): Promise<string> => (await response.toArray()).join('')

test('a route is answered with what stands in its path, decoded', async () => {
  await using gateway = await serve([
    route(async ({ parameters }) => ({ status: 201, body: JSON.stringify(parameters) }), {
      path: '/files/:id/versions/:version',
    }),
  ])
  const response = await get(`${gateway.url}/files/a%2Fb%20%E7%8E%8B/versions/2?x=1`)
  expect([response.statusCode, await textOf(response)]).toEqual([201, '{"id":"a/b 王","version":"2"}'])
})

test('without a socket it is answered, too, and its body read', async () => {
  const gateway = createTestGateway({
    routes: [
      route(
        async ({ body }) => {
          let size = 0
          for await (const chunk of body) size += chunk.byteLength
          return { status: 200, body: String(size) }
        },
        { method: 'PUT' },
      ),
    ],
  })
  const put = async (body: string | null) => {
    const request = new Request('http://localhost/files/1', { method: 'PUT', body })
    return (await gateway.fetch(request)).text()
  }
  expect([await put('Hello'), await put(null)]).toEqual(['5', '0'])
})

test('other addresses are what they were', async () => {
  await using gateway = await serve([answering('mine')])
  for (const path of ['/files', '/files/', '/files/1/2', '/other/1', '/FILES/1'])
    expect((await get(`${gateway.url}${path}`)).statusCode).toBe(404)
  expect((await get(`${gateway.url}/health/live`)).statusCode).toBe(200)
})

test.each([
  ['a refusal', new TrellisError('NOT_FOUND', 'There is no such file.'), 404, 'NOT_FOUND'],
  ['a right that is missing', new TrellisError('FORBIDDEN', 'You may not.'), 403, 'FORBIDDEN'],
  ['a wrong value', new TrellisError('BAD_INPUT', 'Too large.'), 400, 'BAD_INPUT'],
  [
    'an outcome that the client acts on',
    new UserErrors([{ code: 'DELETED', message: 'It is deleted.', path: ['input', 'id'] }]),
    400,
    'DELETED',
  ],
  ['a failure', new Error('the password is hunter2'), 500, 'INTERNAL'],
  [
    'a database that does not answer',
    Object.assign(new Error('connect'), { code: 'ECONNREFUSED' }),
    503,
    'UNAVAILABLE',
  ],
])('%s is answered in the form of all errors', async (_, thrown, status, code) => {
  await using gateway = await serve([route(() => Promise.reject(thrown))])
  const response = await get(`${gateway.url}/files/1`, { headers: { 'x-request-id': 'test-request' } })
  const text = await textOf(response)
  expect([response.statusCode, response.headers['content-type']]).toEqual([
    status,
    'application/json; charset=utf-8',
  ])
  expect(JSON.parse(text)).toEqual({
    errors: [{ message: expect.any(String), extensions: { code, requestId: 'test-request' } }],
  })
  expect(text).not.toContain('hunter2')
  const failures = gateway.lines.filter(({ msg }) => msg === 'a route failed')
  expect(failures).toHaveLength(status >= 500 ? 1 : 0)
})

test('a client that hangs up ends the reading of what it was sent', async () => {
  const ended = Promise.withResolvers<void>()
  async function* endless() {
    try {
      for (;;) yield kilobyte
    } finally {
      ended.resolve()
    }
  }
  await using gateway = await serve([route(async () => ({ status: 200, body: endless() }))])
  const response = await get(`${gateway.url}/files/1`)
  await once(response, 'data')
  response.destroy()
  await ended.promise
  expect((await get(`${gateway.url}/health/live`)).statusCode).toBe(200)
})

test('what fails in the middle is broken off, not ended, and the gateway goes on', async () => {
  async function* failing() {
    yield kilobyte
    throw new Error('the disk is on fire')
  }
  await using gateway = await serve([
    route(async () => ({ status: 200, headers: { 'content-length': '4096' }, body: failing() })),
  ])
  const response = await get(`${gateway.url}/files/1`)
  await expect(textOf(response)).rejects.toThrow('aborted')
  expect(gateway.lines).toContainEqual(
    expect.objectContaining({ msg: 'an answer could not be sent whole', level: 50 }),
  )
  expect((await get(`${gateway.url}/health/live`)).statusCode).toBe(200)
})

test('HEAD reads nothing of the body', async () => {
  let read = false
  async function* body() {
    read = true
    yield kilobyte
  }
  await using gateway = await serve([
    route(async () => ({ status: 200, headers: { 'content-length': '1024' }, body: body() })),
  ])
  const response = await get(`${gateway.url}/files/1`, { method: 'HEAD' })
  expect([response.headers['content-length'], await textOf(response), read]).toEqual(['1024', '', false])
})

test('on leaving, what is being sent is sent to its end', async () => {
  const goOn = Promise.withResolvers<void>()
  async function* body() {
    yield kilobyte
    await goOn.promise
    yield kilobyte
  }
  const gateway = await serve([route(async () => ({ status: 200, body: body() }))])
  const response = await get(`${gateway.url}/files/1`, { agent: new Agent({ keepAlive: true }) })
  const closed = gateway.close()
  goOn.resolve()
  expect((await textOf(response)).length).toBe(2048)
  await closed
})

test('a body that is refused in its middle is thrown away, and the refusal arrives', async () => {
  await using gateway = await serve([
    route(
      async ({ body }) => {
        for await (const _ of body) throw new TrellisError('PAYLOAD_TOO_LARGE', 'Too large.')
        return { status: 200 }
      },
      { method: 'PUT' },
    ),
  ])
  const response = await fetch(`${gateway.url}/files/1`, { method: 'PUT', body: Buffer.alloc(50_000_000) })
  expect(response.status).toBe(413)
})

test.each(['files', '/', '/:id', '/files/', '/files//x', '/Files', '/files/:id?', '/files/*'])(
  '%j is no path of a route',
  path => {
    expect(() => createRouter([{ ...answering('mine'), path }])).toThrow('does not look like')
  },
)

test('two routes for the same are a mistake', () => {
  expect(() => createRouter([answering('one'), answering('other')])).toThrow('two routes for GET /files/:id')
})
