import { createTestGateway, type TestGateway } from '@trellis/testing'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest'

/** How often the plugins executed something; what is answered directly passes them by. */
let executions = 0
let gateway: TestGateway
let listening: Awaited<ReturnType<TestGateway['listen']>>

beforeAll(async () => {
  gateway = await createTestGateway({ onExecution: () => (executions += 1) })
  await gateway.create('customer', { name: 'Näme "quoted" 北京', customFields: { a: { b: 1 } } })
  listening = await gateway.listen()
})
afterAll(async () => {
  await listening[Symbol.asyncDispose]()
  await gateway[Symbol.asyncDispose]()
})

const query =
  'query List($first: Int!) { customers(first: $first) { nodes { id name customFields createdAt } } }'
const usual = { query, variables: { first: 5 } }

const ask = async (body: unknown, headers: Readonly<Record<string, string>> = {}) => {
  const response = await fetch(listening.endpoint, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Bearer ${gateway.keys.administrator}`,
      ...headers,
    },
    body: typeof body === 'string' || body instanceof Blob ? body : JSON.stringify(body),
  })
  const text = await response.text()
  const {
    date: _date,
    'content-length': _length,
    'x-request-id': requestId,
    ...shown
  } = Object.fromEntries(response.headers)
  return { status: response.status, body: JSON.parse(text), headers: shown, requestId }
}

/** Asks until the operation has been answered by the database, and then once more, counting from there. */
const askAgain = async (body: unknown, headers: Readonly<Record<string, string>> = {}) => {
  await ask(body, headers)
  await ask(body, headers)
  executions = 0
  return ask(body, headers)
}

beforeEach(() => {
  executions = 0
})

test('what was answered before is answered directly, and alike', async () => {
  const first = await ask(usual)
  expect(executions).toBe(1)
  const direct = await askAgain(usual)
  expect(executions).toBe(0)
  expect({ ...direct, requestId: '' }).toEqual({ ...first, requestId: '' })
  expect(direct.requestId).toMatch(/^[\w-]{36}$/)
  expect(direct.body.data.customers.nodes[0].name).toBe('Näme "quoted" 北京')
})

test.each([
  ['application/graphql-response+json'],
  ['application/graphql-response+json, application/json;q=0.9'],
  ['text/html, */*'],
])('the content type is negotiated once for %s', async accept => {
  const first = await ask(usual, { accept })
  const direct = await askAgain(usual, { accept })
  expect(executions).toBe(0)
  expect(direct.headers).toEqual(first.headers)
})

test('other values of the variables are answered directly too', async () => {
  await askAgain(usual)
  const { body } = await ask({ query, variables: { first: 1 } })
  expect(executions).toBe(0)
  expect(body.data.customers.nodes).toHaveLength(1)
})

test('the caller’s request id comes back', async () => {
  const { requestId } = await askAgain(usual, { 'x-request-id': 'trace-1234567' })
  expect(requestId).toBe('trace-1234567')
  expect(executions).toBe(0)
})

describe('whatever is out of the ordinary goes the long way and is answered there', () => {
  const cases: Readonly<
    Record<
      string,
      { body: unknown; headers?: Readonly<Record<string, string>>; status: number; code?: string }
    >
  > = {
    'no key': { body: usual, headers: { authorization: '' }, status: 401, code: 'UNAUTHENTICATED' },
    'a wrong key': {
      body: usual,
      headers: { authorization: `Bearer ${'z'.repeat(40)}` },
      status: 401,
      code: 'UNAUTHENTICATED',
    },
    'a foreign page': {
      body: usual,
      headers: { origin: 'https://evil.example' },
      status: 403,
      code: 'BAD_REQUEST',
    },
    'a body that is no JSON': { body: '{"query":', status: 400, code: 'BAD_REQUEST' },
    'a body that is no UTF-8': {
      body: new Blob(['{"query":"{ viewer { id } } #', Uint8Array.of(0xff), '"}']),
      status: 400,
      code: 'BAD_REQUEST',
    },
    'a variable that does not fit': {
      body: { query, variables: { first: 'x' } },
      status: 200,
      code: 'BAD_INPUT',
    },
    'a variable that is missing': { body: { query, variables: {} }, status: 200, code: 'BAD_INPUT' },
    'a variable with NUL': {
      body: { query, variables: { first: 1, more: 'a\u0000b' } },
      status: 200,
      code: 'BAD_INPUT',
    },
    'an argument that is refused': {
      body: { query, variables: { first: 0 } },
      status: 200,
      code: 'BAD_INPUT',
    },
    'an operation that is not there': {
      body: { ...usual, operationName: 'Other' },
      status: 400,
      code: 'BAD_REQUEST',
    },
  }
  test.each(Object.entries(cases))('%s', async (_, { body, headers, status, code }) => {
    await askAgain(usual)
    const answer = await ask(body, headers)
    expect(answer.body.errors[0].extensions.code).toBe(code)
    expect(answer.status).toBe(status)
  })

  test('a mutation, with its body', async () => {
    const mutation =
      'mutation ($input: CustomerCreateInput!) { customerCreate(input: $input) { customer { name } } }'
    for (const name of ['One', 'Two', 'Three']) {
      const { body } = await ask({ query: mutation, variables: { input: { name } } })
      expect(body).toEqual({ data: { customerCreate: { customer: { name } } } })
    }
  })

  test('an operation with extensions of the protocol, or a large body', async () => {
    await askAgain(usual)
    expect((await ask({ ...usual, extensions: { a: 1 } })).body.data.customers.nodes.length).toBeGreaterThan(
      0,
    )
    expect((await ask({ ...usual, variables: { first: 1, more: 'x'.repeat(100_000) } })).status).toBe(200)
    expect(executions).toBe(2)
  })
})

test('what resolvers answer is answered directly too; what fails is executed once, and shown by the plugins', async () => {
  const one = { query: 'query ($id: ID!) { customer(id: $id) { name profile { age } } viewer { name } }' }
  const answer = await askAgain({ ...one, variables: { id: 'cus_unknown' } })
  expect(answer.body).toEqual({ data: { customer: null, viewer: { name: 'Ada Lindqvist' } } })
  expect(executions).toBe(0)

  const refused = { query: '{ customers(first: 0) { totalCount } viewer { name } }' }
  const first = await ask(refused)
  const again = await askAgain(refused)
  expect(executions).toBe(0)
  const { requestId, ...shown } = again.body.errors[0].extensions
  expect(shown).toEqual({ code: 'BAD_INPUT' })
  expect(requestId).toBe(again.requestId)
  expect(again.status).toBe(first.status)
  expect(again.headers).toEqual(first.headers)
})

test('two users who ask the same in turn see their own', async () => {
  const agent = { authorization: `Bearer ${'agent'.padEnd(40, 'x')}` }
  const all = await askAgain(usual)
  const own = await ask(usual, agent)
  expect(executions).toBe(0)
  expect(all.body.data.customers.nodes.length).toBeGreaterThan(0)
  expect(own.body.data.customers.nodes).toEqual([])
})
