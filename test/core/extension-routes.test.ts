import { createHmac, timingSafeEqual } from 'node:crypto'
import { once } from 'node:events'
import { setTimeout } from 'node:timers/promises'
import { defineExtension, type Permissions, type Routes, TrellisError } from '@trellis/sdk'
import { createTestGateway, type TestGateway } from '@trellis/testing'
import { expect, test } from 'vitest'

const bridge = (routes: Routes, permissions: Permissions = {}) =>
  defineExtension({
    name: 'bridge',
    version: '1.0.0',
    scopes: ['customer:write'],
    typeDefs: '',
    routes,
    permissions,
  })

const keyed = ({ keys }: TestGateway, as: 'administrator' | 'agent' = 'administrator') => ({
  authorization: `Bearer ${keys[as]}`,
})

const call = (gateway: TestGateway, path: string, options: RequestInit = {}) =>
  gateway.trellis.gateway.fetch(new Request(`http://localhost/extensions/bridge${path}`, options))

async function textOf(body: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of body) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

test('a route of an extension knows who asks, and has that one’s rights', async () => {
  await using gateway = await createTestGateway({
    extensions: [
      bridge(
        {
          'GET /customers/:id/name': async ({ parameters, query }, { loaders, viewer }) => {
            const customer = await loaders.customers.byId.load(String(parameters['id']))
            return Response.json({
              name: customer?.name ?? null,
              viewer: viewer.name,
              page: query.get('page'),
            })
          },
        },
        { AGENT: '*' },
      ),
    ],
  })
  const id = await gateway.create('customer', { name: 'Harbor Foods' })
  const ask = async (as: 'administrator' | 'agent') => {
    const response = await call(gateway, `/customers/${id}/name?page=2`, { headers: keyed(gateway, as) })
    return [response.status, response.headers.get('content-type'), await response.json()]
  }
  expect(await ask('administrator')).toEqual([
    200,
    'application/json',
    { name: 'Harbor Foods', viewer: 'Ada Lindqvist', page: '2' },
  ])
  expect(await ask('agent')).toEqual([
    200,
    'application/json',
    { name: null, viewer: 'Ben Okafor', page: '2' },
  ])
  expect((await call(gateway, `/customers/${id}/name`)).status).toBe(401)
  const wrong = await call(gateway, `/customers/${id}/name`, { method: 'POST', headers: keyed(gateway) })
  expect([wrong.status, wrong.headers.get('allow')]).toEqual([405, 'GET, HEAD'])
  const foreign = { ...keyed(gateway), origin: 'https://elsewhere.example' }
  expect((await call(gateway, `/customers/${id}/name`, { headers: foreign })).status).toBe(403)
})

test('each cookie that a route sets arrives', async () => {
  const headers: [string, string][] = [
    ['set-cookie', 'first=1; Path=/'],
    ['set-cookie', 'second=2'],
  ]
  await using gateway = await createTestGateway({
    extensions: [bridge({ 'GET /cookies': async () => new Response('Here.', { headers }) })],
  })
  await using listening = await gateway.listen()
  const response = await fetch(new URL('/extensions/bridge/cookies', listening.endpoint), {
    headers: keyed(gateway),
  })
  expect(response.headers.getSetCookie()).toEqual(['first=1; Path=/', 'second=2'])
  expect(await response.text()).toBe('Here.')
})

test.each([
  ['nothing', {}, [403, 403, 403]],
  ['one of them', { AGENT: ['GET /levels/:day'] }, [200, 200, 403]],
  ['all', { AGENT: '*' }, [200, 200, 200]],
] as const)(
  'routes are for administrators, and for agents as far as the extension gives them: %s',
  async (_, permissions, expected) => {
    let calls = 0
    const handle = async () => {
      calls += 1
      return { status: 200, body: 'fine' }
    }
    await using gateway = await createTestGateway({
      extensions: [
        bridge(
          {
            'GET /levels/:day': handle,
            'POST /levels/:day': handle,
            'GET /open': { authentication: 'none', handle },
          },
          permissions,
        ),
      ],
    })
    const ask = async (as: 'administrator' | 'agent', method: string) =>
      (await call(gateway, '/levels/monday', { method, headers: keyed(gateway, as) })).status
    const asked = async (as: 'administrator' | 'agent') => [
      await ask(as, 'GET'),
      await ask(as, 'HEAD'),
      await ask(as, 'POST'),
    ]
    expect(await asked('agent')).toEqual(expected)
    expect(calls).toBe(expected.filter(status => status === 200).length)
    expect(await asked('administrator')).toEqual([200, 200, 200])
    expect((await call(gateway, '/open')).status).toBe(200)
  },
)

test('who is not given a route is told whose it is', async () => {
  await using gateway = await createTestGateway({
    extensions: [bridge({ 'GET /fine': async () => ({ status: 200 }) })],
  })
  const response = await call(gateway, '/fine', { headers: keyed(gateway, 'agent') })
  expect(await response.json()).toMatchObject({
    errors: [
      {
        message:
          'GET /extensions/bridge/fine is not for your role, AGENT: the extension bridge does not permit it.',
        extensions: { code: 'FORBIDDEN' },
      },
    ],
  })
})

test('a webhook sees to it itself who calls, and writes as the system', async () => {
  const secret = 'between the two of us'
  const sign = (text: string) => createHmac('sha256', secret).update(text).digest('hex')
  const extension = bridge({
    'POST /webhook': {
      authentication: 'none',
      handle: async ({ headers, body }, { transaction }) => {
        const text = await textOf(body)
        const given = Buffer.from(headers.get('x-signature') ?? '')
        const expected = Buffer.from(sign(text))
        if (given.length !== expected.length || !timingSafeEqual(given, expected))
          throw new TrellisError('UNAUTHENTICATED', 'The signature does not fit.')
        const { name }: { name: string } = JSON.parse(text)
        await transaction(async ({ services }) => services.customers.create({ name }))
        return { status: 204 }
      },
    },
  })
  await using gateway = await createTestGateway({ extensions: [extension] })
  const body = JSON.stringify({ name: 'Harbor Foods' })
  const post = (signature: string) =>
    call(gateway, '/webhook', {
      method: 'POST',
      body,
      headers: { 'x-signature': signature, origin: 'https://sender.example' },
    })
  const refused = await post('wrong')
  expect([refused.status, await refused.json()]).toEqual([
    401,
    {
      errors: [
        {
          message: 'The signature does not fit.',
          extensions: { code: 'UNAUTHENTICATED', extension: 'bridge', requestId: expect.any(String) },
        },
      ],
    },
  ])
  expect((await post(sign(body))).status).toBe(204)
  expect(await gateway.data('{ customers { nodes { name createdBy { name } } } }')).toEqual({
    customers: { nodes: [{ name: 'Harbor Foods', createdBy: { name: 'Trellis' } }] },
  })
})

test('what a route throws is told with the extension’s name, masked and logged; others answer', async () => {
  const logLines: string[] = []
  await using gateway = await createTestGateway({
    extensions: [
      bridge({
        'GET /broken': () => Promise.reject(new Error('password is 1234')),
        'GET /nonsense': async () => JSON.parse('{ "status": "fine" }'),
        'GET /nothing': async () => JSON.parse('null'),
        'GET /halfway': async (_, { transaction }) =>
          transaction(async ({ services }) => {
            await services.customers.create({ name: 'Never' })
            throw new Error('second thoughts')
          }),
        'GET /fine': async () => ({ status: 200, body: 'fine' }),
      }),
    ],
    logLines,
  })
  const get = async (path: string) => {
    const response = await call(gateway, path, { headers: keyed(gateway) })
    return [response.status, await response.text()]
  }
  for (const path of ['/broken', '/nonsense', '/nothing', '/halfway']) {
    const [status, body] = await get(path)
    expect([status, JSON.parse(String(body))]).toEqual([
      502,
      {
        errors: [
          {
            message: `The extension bridge failed to answer GET /extensions/bridge${path}.`,
            extensions: {
              code: 'EXTENSION_FAILED',
              extension: 'bridge',
              retryable: false,
              requestId: expect.any(String),
            },
          },
        ],
      },
    ])
  }
  expect(await get('/fine')).toEqual([200, 'fine'])
  expect(logLines.join()).toContain('password is 1234')
  expect(await gateway.rowsIn('Customer')).toBe(0)
})

test('a body beyond the limit is refused, and what goes into the extension’s own storage comes out again', async () => {
  await using gateway = await createTestGateway({
    extensions: [
      bridge({
        'PUT /files/:key': {
          bodyLimitBytes: 100,
          handle: async ({ parameters, body }, { storage }) => {
            await using staged = await storage.stage(String(parameters['key']), body)
            await staged.keep()
            return { status: 201 }
          },
        },
        'PUT /large': async ({ body }) => ({ status: 200, body: String((await textOf(body)).length) }),
        'GET /files/:key': async ({ parameters }, { storage }) => ({
          status: 200,
          body: storage.get(String(parameters['key'])),
        }),
      }),
    ],
  })
  const put = async (path: string, size: number) =>
    (await call(gateway, path, { method: 'PUT', body: 'x'.repeat(size), headers: keyed(gateway) })).status
  expect([await put('/files/one', 100), await put('/files/two', 101)]).toEqual([201, 413])
  expect([await put('/large', 1_048_576), await put('/large', 1_048_577)]).toEqual([200, 413])
  const got = await call(gateway, '/files/one', { headers: keyed(gateway) })
  expect(await got.text()).toBe('x'.repeat(100))
})

test('a route that never answers is given up after ten seconds, and told to stop', async () => {
  let reason: unknown
  await using gateway = await createTestGateway({
    extensions: [
      bridge({
        'GET /never': async (_, { signal }) => {
          await setTimeout(60_000, undefined, { signal }).catch(() => undefined)
          reason = signal.reason
          return { status: 200 }
        },
      }),
    ],
  })
  const began = performance.now()
  expect((await call(gateway, '/never', { headers: keyed(gateway) })).status).toBe(502)
  expect(performance.now() - began).toBeLessThan(14_000)
  await expect
    .poll(() => String(reason))
    .toBe('Error: GET /extensions/bridge/never of bridge took more than 10000 ms.')
})

test('what is sent bit by bit is told to stop when its reader hangs up', async () => {
  let isTold = false
  await using gateway = await createTestGateway({
    extensions: [
      bridge({
        'GET /ticks': async (_, { signal }) => ({
          status: 200,
          body: (async function* ticks() {
            yield Buffer.from('tick')
            await once(signal, 'abort')
            isTold = true
          })(),
        }),
      }),
    ],
  })
  const reading = new AbortController()
  const response = await call(gateway, '/ticks', { headers: keyed(gateway), signal: reading.signal })
  expect((await response.body?.getReader().read())?.done).toBe(false)
  reading.abort()
  await expect.poll(() => isTold, { timeout: 20_000 }).toBe(true)
})

test('while an extension is not running, its routes say so', async () => {
  await using gateway = await createTestGateway({
    quarantines: true,
    extensions: [
      defineExtension({
        name: 'bridge',
        version: '1.0.0',
        typeDefs: '',
        routes: { 'GET /fine': async () => ({ status: 200 }) },
        setup: () => Promise.reject(new Error('no river')),
      }),
    ],
  })
  const response = await call(gateway, '/fine', { headers: keyed(gateway) })
  expect([response.status, await response.json()]).toMatchObject([
    503,
    { errors: [{ extensions: { code: 'EXTENSION_UNAVAILABLE', extension: 'bridge' } }] },
  ])
})
