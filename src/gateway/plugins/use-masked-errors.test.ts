import { TrellisError } from '@trellis/sdk'
import { expect, test } from 'vitest'
import { createTestGateway } from '../testing/test-gateway.ts'
import { createTestSchema } from '../testing/test-schema.ts'

const failWith = async (how: string) => {
  const gateway = createTestGateway()
  const answer = await gateway.query('query ($how: Failure) { fail(how: $how) hello }', { how })
  expect(answer.data).toEqual({ fail: null, hello: 'Hello, world!' })
  return { error: answer.errors[0], log: JSON.stringify(gateway.lines) }
}

test('a refusal reaches the client as it is', async () => {
  const { error, log } = await failWith('REFUSAL')
  expect(error).toEqual({
    message: 'You may not see this.',
    locations: [{ line: 1, column: 25 }],
    path: ['fail'],
    extensions: { code: 'FORBIDDEN', entity: 'Customer', requestId: 'test-request' },
  })
  expect(log).not.toContain('an operation failed')
})

test('a bug is masked and logged with its stack under the request id', async () => {
  const { error, log } = await failWith('BUG')
  expect(error).toMatchObject({
    message: 'Something went wrong on our side. Quote request test-request.',
    extensions: { code: 'INTERNAL', requestId: 'test-request' },
  })
  expect(JSON.stringify(error)).not.toContain('hunter2')
  expect(log).toMatch(/"requestId":"test-request".*the password is hunter2.*test-schema\.ts/)
})

test('so is a GraphQLError that is not a refusal, whatever it claims', async () => {
  const { error } = await failWith('FOREIGN')
  expect(error.extensions).toEqual({ code: 'INTERNAL', requestId: 'test-request' })
  expect(JSON.stringify(error)).not.toContain('select')
})

test("an extension's failure names the extension and nothing of what went wrong in it", async () => {
  const { error, log } = await failWith('EXTENSION')
  expect(error).toMatchObject({
    message: 'The extension loyalty failed.',
    extensions: { code: 'EXTENSION_FAILED', extension: 'loyalty', requestId: 'test-request' },
  })
  expect(JSON.stringify(error)).not.toContain('secret')
  expect(log).toContain('loyalty broke at its heart')
})

test('a database that does not answer is UNAVAILABLE', async () => {
  const { error } = await failWith('DATABASE')
  expect(error).toMatchObject({
    message: 'The database does not answer at present. Try again shortly.',
    extensions: { code: 'UNAVAILABLE' },
  })
})

test('what is not GraphQL is GRAPHQL_PARSE_FAILED, with the place', async () => {
  const { errors } = await createTestGateway().query('{ hello ')
  expect(errors).toMatchObject([
    {
      locations: [{ line: 1, column: 9 }],
      extensions: { code: 'GRAPHQL_PARSE_FAILED', requestId: 'test-request' },
    },
  ])
})

test('what does not fit the schema is GRAPHQL_VALIDATION_FAILED, ten errors at most', async () => {
  const { errors } = await createTestGateway().query(
    `{ ${Array.from({ length: 500 }, (_, index) => `nope${index}`).join(' ')} }`,
  )
  expect(errors).toHaveLength(10)
  for (const error of errors)
    expect(error.extensions).toEqual({ code: 'GRAPHQL_VALIDATION_FAILED', requestId: 'test-request' })
})

test('variables that do not fit are BAD_INPUT, also where a scalar of ours refuses them', async () => {
  const gateway = createTestGateway()
  const number = await gateway.query('query ($value: Int!) { need(value: $value) }', { value: 'one' })
  const scalar = await gateway.query('query ($value: Superstitious) { luck(value: $value) }', { value: 13 })
  expect(number.errors).toMatchObject([
    { message: expect.stringContaining('"one"'), extensions: { code: 'BAD_INPUT' } },
  ])
  expect(scalar.errors).toMatchObject([{ extensions: { code: 'BAD_INPUT' } }])
  expect(number).not.toHaveProperty('data')
})

test('an operation that does not exist is BAD_REQUEST', async () => {
  const { errors } = await createTestGateway().query('query A { hello }', {}, 'B')
  expect(errors).toMatchObject([{ extensions: { code: 'BAD_REQUEST', requestId: 'test-request' } }])
})

test('a failure before execution is masked as well: 500, or what its code says', async () => {
  const fail = (error: Error) =>
    createTestGateway({
      createContext: () => {
        throw error
      },
    }).post({ query: '{ hello }' }, { accept: 'application/graphql-response+json' })
  const bug = await fail(new Error('hunter2'))
  expect(bug.status).toBe(500)
  expect(await bug.text()).not.toContain('hunter2')
  expect((await fail(Object.assign(new Error('gone'), { code: '57P01' }))).status).toBe(503)
  const noneFree = 'Transaction API error: Unable to start a transaction in the given time.'
  expect((await fail(Object.assign(new Error(noneFree), { code: 'P2028' }))).status).toBe(503)
  expect((await fail(new TrellisError('UNAVAILABLE', 'Come back later.'))).status).toBe(503)
})

test('a time zone that the database does not know is BAD_INPUT', async () => {
  const gateway = createTestGateway({
    createContext: () => {
      throw new Error('Failed query', { cause: new Error('time zone "Europe/Kyiv" not recognized') })
    },
  })
  expect((await gateway.query('{ hello }')).errors).toMatchObject([
    {
      message: 'The database says: time zone "Europe/Kyiv" not recognized.',
      extensions: { code: 'BAD_INPUT' },
    },
  ])
})

test('a failing authenticator is masked, and nothing is executed', async () => {
  const gateway = createTestGateway({ authenticate: () => Promise.reject(new Error('hunter2')) })
  expect(JSON.stringify(await gateway.query('{ hello }'))).toMatch(
    /^\{"errors":\[\{"message":"Something went wrong/,
  )
})

test('values that drivers hang on their errors stay out of the log', async () => {
  const gateway = createTestGateway({
    createContext: () => {
      throw Object.assign(new Error('duplicate key'), {
        code: '23505',
        detail: 'Key (email)=(ada@example.com)',
        parameters: ['ada@example.com'],
      })
    },
  })
  await gateway.query('{ hello }')
  expect(JSON.stringify(gateway.lines)).toContain('23505')
  expect(JSON.stringify(gateway.lines)).not.toContain('ada@example.com')
})

const logOf = async (...errors: readonly Error[]) => {
  const schema = createTestSchema({ failures: errors })
  const gateway = createTestGateway({ schema: () => schema })
  await gateway.query('{ failures }')
  return gateway.lines.filter(({ msg }) => msg === 'an operation failed')
}

test('one failure that costs many fields is logged once', async () => {
  const cause = new Error('the batch broke')
  const failure = () => new TrellisError('EXTENSION_FAILED', 'The extension loyalty failed.', { cause })
  expect(await logOf(failure(), failure(), failure())).toHaveLength(1)
})

test('a refusal is not a failure, nor when it was wrapped, nor is an extension that is known not to run', async () => {
  const refusal = new TrellisError('FORBIDDEN', 'You may not see this.')
  const wrapped = new TrellisError('FORBIDDEN', 'You may not see this.', { cause: refusal })
  const missing = new TrellisError('EXTENSION_UNAVAILABLE', 'Not running.', {
    cause: new Error('setup failed'),
  })
  expect(await logOf(refusal, wrapped, missing)).toEqual([])
})
