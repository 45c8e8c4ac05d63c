import { expect, test } from 'vitest'
import { createTestGateway } from './testing/test-gateway.ts'
import { createTestSchema } from './testing/test-schema.ts'

const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
  new Request(`http://localhost${path}`, { headers })

test('the process is live, whatever the database does', async () => {
  const gateway = createTestGateway({ health: { ready: () => Promise.reject(new Error('gone')) } })
  const response = await gateway.fetch(get('/health/live'))
  expect([response.status, await response.json()]).toEqual([200, { status: 'ok' }])
})

test.each([
  { status: 'ok', http: 200 },
  { status: 'degraded', http: 200 },
  { status: 'unavailable', http: 503 },
] as const)('readiness $status answers $http with the checks', async ({ status, http }) => {
  const checks = { database: 'ok', 'extension loyalty': 'quarantined' }
  const response = await createTestGateway({ health: { ready: async () => ({ status, checks }) } }).fetch(
    get('/health/ready'),
  )
  expect([response.status, await response.json()]).toEqual([http, { status, checks }])
})

test('a check that fails or never answers is unavailable, within a second', async () => {
  const failing = createTestGateway({ health: { ready: () => Promise.reject(new Error('hunter2')) } })
  const hanging = createTestGateway({ health: { ready: () => new Promise(() => undefined) } })
  const start = performance.now()
  const responses = await Promise.all([failing, hanging].map(gateway => gateway.fetch(get('/health/ready'))))
  expect(responses.map(({ status }) => status)).toEqual([503, 503])
  expect(await Promise.all(responses.map(response => response.text()))).not.toContain('hunter2')
  expect(performance.now() - start).toBeLessThan(1000)
})

test('the SDL of the schema of now is text', async () => {
  let schema = createTestSchema()
  const gateway = createTestGateway({ schema: () => schema })
  const response = await gateway.fetch(get('/graphql/schema'))
  expect(response.headers.get('content-type')).toBe('text/plain; charset=utf-8')
  const text = await response.text()
  expect(text).toContain('type Person implements Being')
  schema = createTestSchema()
  expect(await (await gateway.fetch(get('/graphql/schema'))).text()).toBe(text)
})

test('in production the SDL takes a key', async () => {
  const stranger = createTestGateway({ config: { mode: 'production' }, authenticate: async () => null })
  const response = await stranger.fetch(get('/graphql/schema'))
  expect([response.status, response.headers.get('www-authenticate')]).toEqual([401, 'Bearer'])
  expect(await response.json()).toMatchObject({ errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] })
  const known = createTestGateway({ config: { mode: 'production' } })
  expect((await known.fetch(get('/graphql/schema'))).status).toBe(200)
})

test('a page that could not be made once is made when it is asked for again', async () => {
  const fails = [true]
  const sample = {
    title: 'A greeting',
    get query(): string {
      if (fails.pop()) throw new Error('no memory')
      return '{ hello }'
    },
  }
  const gateway = createTestGateway({ samples: [sample] })
  const show = async () => (await gateway.fetch(get('/graphql', { accept: 'text/html' }))).status
  expect([await show(), await show()]).toEqual([500, 200])
})

test('GraphiQL is one page that names no other place to load from, and has the samples', async () => {
  const gateway = createTestGateway({ samples: [{ title: 'Twenty customers', query: '{ hello }' }] })
  const response = await gateway.fetch(get('/graphql', { accept: 'text/html' }))
  const html = new TextDecoder().decode(
    await new Response(response.body?.pipeThrough(new DecompressionStream('gzip'))).arrayBuffer(),
  )
  expect(html).not.toMatch(/<(?:script|img|link|iframe)[^>]+(?:src|href)="?(?:https?:)?\/\//)
  expect(html).toContain('# Twenty customers')
  expect(response.headers.get('content-security-policy')).toContain("default-src 'none'")
  const etag = response.headers.get('etag') ?? ''
  expect((await gateway.fetch(get('/graphql', { accept: 'text/html', 'if-none-match': etag }))).status).toBe(
    304,
  )
})

test('in production a stranger gets the page, and no introspection', async () => {
  const gateway = createTestGateway({ config: { mode: 'production' }, authenticate: async () => null })
  expect((await gateway.fetch(get('/graphql', { accept: 'text/html' }))).status).toBe(200)
  expect((await gateway.post({ query: '{ __schema { queryType { name } } }' })).status).toBe(401)
})
