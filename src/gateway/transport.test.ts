import { expect, test } from 'vitest'
import { createTestGateway } from './testing/test-gateway.ts'

const refusal = async (response: Response) => {
  const { errors } = await response.json()
  return { status: response.status, message: errors[0].message, code: errors[0].extensions.code }
}

test('malformed JSON is refused with the reason and the place', async () => {
  const response = await createTestGateway().post('{\n  "query": "{ hello }",\n  variables: {}\n}')
  expect(await refusal(response)).toEqual({
    status: 400,
    code: 'BAD_REQUEST',
    message: 'The body is not JSON: line 3, column 3: a key in double quotes is expected, but there is "v".',
  })
})

test('a body that is no object is refused, a batch included', async () => {
  const batch = await refusal(await createTestGateway().post([{ query: '{ hello }' }]))
  expect(batch).toMatchObject({ status: 400, message: expect.stringContaining('batches are not supported') })
  expect(await refusal(await createTestGateway().post('null'))).toMatchObject({
    status: 400,
    code: 'BAD_REQUEST',
  })
})

test.each([
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'application/graphql',
  'application/json; charset=utf-16',
])('the content type %s is refused', async contentType => {
  const response = await createTestGateway().post({ query: '{ hello }' }, { 'content-type': contentType })
  expect(await refusal(response)).toMatchObject({ status: 415, code: 'BAD_REQUEST' })
})

test('a compressed body is refused', async () => {
  const response = await createTestGateway().post({ query: '{ hello }' }, { 'content-encoding': 'gzip' })
  expect(await refusal(response)).toMatchObject({ status: 415, message: expect.stringContaining('"gzip"') })
})

test('bytes that are not UTF-8 are refused', async () => {
  const response = await createTestGateway().fetch(
    new Request('http://localhost/graphql', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: new Uint8Array([0x22, 0xff, 0x22]),
    }),
  )
  expect(await refusal(response)).toMatchObject({ status: 400, message: 'The body is not valid UTF-8.' })
})

test('a mutation by GET is refused', async () => {
  const response = await createTestGateway().fetch(
    new Request(
      `http://localhost/graphql?query=${encodeURIComponent('mutation { step(name: 1) { name } }')}`,
    ),
  )
  expect(await refusal(response)).toMatchObject({ status: 405, code: 'BAD_REQUEST' })
})

test('variables in the address that are not JSON are refused with the place', async () => {
  const response = await createTestGateway().fetch(
    new Request('http://localhost/graphql?query={hello}&variables={'),
  )
  expect(await refusal(response)).toMatchObject({
    status: 400,
    message: expect.stringContaining('"variables" is not JSON: line 1, column 2'),
  })
})

test('__proto__ in variables is a name like any other', async () => {
  const gateway = createTestGateway()
  const response = await gateway.post(
    '{"query":"query ($range: Range!) { sum(range: $range) }","variables":{"range":{"to":1,"__proto__":{"from":9}}}}',
  )
  expect(await refusal(response)).toMatchObject({ code: 'BAD_INPUT' })
})

test('a page of another site gets nothing executed', async () => {
  const steps = createTestGateway()
  const send = (headers: Readonly<Record<string, string>>) => steps.post({ query: '{ hello }' }, headers)
  for (const origin of [
    'https://evil.example',
    'null',
    'http://localhost.evil.example',
    'http://evil.example#localhost',
  ]) {
    expect(await refusal(await send({ origin, host: 'localhost:4000' }))).toMatchObject({
      status: 403,
      code: 'BAD_REQUEST',
    })
  }
  expect((await send({ 'sec-fetch-site': 'cross-site' })).status).toBe(403)
})

test('our own page and programs do', async () => {
  const gateway = createTestGateway({ config: { mode: 'production' } })
  const own = { origin: 'https://crm.example.com', host: 'crm.example.com', 'sec-fetch-site': 'same-origin' }
  expect((await gateway.post({ query: '{ hello }' }, own)).status).toBe(200)
  expect((await gateway.post({ query: '{ hello }' })).status).toBe(200)
})

test('only configured origins may read answers', async () => {
  const gateway = createTestGateway({
    config: { mode: 'production', corsOrigins: ['https://app.example.com'] },
  })
  const allowed = async (origin: string) =>
    (await gateway.post({ query: '{ hello }' }, { origin })).headers.get('access-control-allow-origin')
  expect(await allowed('https://app.example.com')).toBe('https://app.example.com')
  expect(await allowed('https://app.example.com.evil.example')).toBeNull()
  expect(await allowed('http://localhost:3000')).toBeNull()
})

test('in development localhost may, at any port', async () => {
  const response = await createTestGateway().fetch(
    new Request('http://localhost:4000/graphql', {
      method: 'OPTIONS',
      headers: { origin: 'http://localhost:3000', 'access-control-request-method': 'POST' },
    }),
  )
  expect(response.status).toBe(204)
  expect(Object.fromEntries(response.headers)).toMatchObject({
    'access-control-allow-origin': 'http://localhost:3000',
    'access-control-allow-methods': 'GET, HEAD, POST, PUT, DELETE',
    vary: expect.stringContaining('origin'),
  })
})

test('without a viewer nothing is parsed, and the answer asks for a key', async () => {
  const response = await createTestGateway({ authenticate: async () => null }).post('not even JSON')
  expect(response.headers.get('www-authenticate')).toBe('Bearer')
  expect(await refusal(response)).toMatchObject({ status: 401, code: 'UNAUTHENTICATED' })
})

test('a sane request id is kept, any other replaced', async () => {
  const gateway = createTestGateway()
  const idFor = async (id: string) =>
    (await gateway.post({ query: '{ hello }' }, { 'x-request-id': id })).headers.get('x-request-id')
  expect(await idFor('abc-DEF_123')).toBe('abc-DEF_123')
  expect(await idFor('short')).toMatch(/^[0-9a-f-]{36}$/)
  expect(await idFor('quotes"and spaces')).toMatch(/^[0-9a-f-]{36}$/)
})

test('the log has one line per request, without keys and variables', async () => {
  const gateway = createTestGateway()
  const variables = { name: 'a secret\n{"level":60}' }
  await gateway.post(
    { query: 'query Greet($name: String) { hello(name: $name) }', variables },
    { authorization: 'Bearer secret-key' },
  )
  expect(gateway.lines).toEqual([
    {
      level: 30,
      time: expect.any(Number),
      msg: 'request',
      requestId: 'test-request',
      method: 'POST',
      path: '/graphql',
      status: 200,
      milliseconds: expect.any(Number),
      operation: 'Greet',
      type: 'query',
      viewer: 'usr_01h2xcejqtf2nbrexx3vqjhp41',
    },
  ])
})

test('the address in the log has no query string', async () => {
  const gateway = createTestGateway()
  await gateway.fetch(new Request('http://localhost/graphql?query={hello}&key=secret'))
  expect(JSON.stringify(gateway.lines)).not.toContain('secret')
})

test('an unknown path is 404', async () => {
  expect((await createTestGateway().fetch(new Request('http://localhost/nowhere'))).status).toBe(404)
})
