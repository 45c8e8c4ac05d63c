import { TrellisError, UserErrors } from '@trellis/sdk'
import { type GraphQLSchema, graphql, parse, subscribe } from 'graphql'
import { expect, test } from 'vitest'
import { composeFixture, extensionOf } from './fixtures/extension.ts'

const schemaWith = (acme: () => unknown): GraphQLSchema => {
  const sdl = 'extend type Query { acme: Int acmes(first: Int): [Int] } extend type Mutation { acme: Int }'
  const resolvers = { Query: { acme, acmes: acme }, Mutation: { acme: { resolve: acme } } }
  return composeFixture({ extensions: [extensionOf('acme', sdl, { resolvers })], strict: true }).schema
}
const thrower = (thrown: unknown) => (): never => {
  throw thrown
}
const secret = new Error('secret')

const wrong = ': it answered a value that its type does not take'

test.each<[claim: string, acme: () => unknown, reason: string]>([
  ['throws', thrower(secret), ''],
  ['rejects', async () => Promise.reject(secret), ''],
  ['throws a text', thrower('secret'), ''],
  ['throws null', thrower(null), ''],
  ['answers an error', () => secret, ''],
  ['answers a value of another type', () => 'secret', wrong],
  ['answers an error later', async () => secret, ''],
])('a resolver that %s is masked and named', async (_, acme, reason) => {
  const { data, errors } = await graphql({
    schema: schemaWith(acme),
    source: '{ acme customers(first: 1) { name } }',
  })
  expect(data).toEqual({ acme: null, customers: [{ name: 'Acme' }] })
  expect(errors?.map(({ message, extensions }) => ({ message, ...extensions }))).toEqual([
    {
      message: `The extension acme failed to answer Query.acme${reason}.`,
      code: 'EXTENSION_FAILED',
      extension: 'acme',
      retryable: false,
    },
  ])
  expect(errors?.[0]?.originalError).toHaveProperty('cause')
})

test('subscribe and __resolveType are named as well, and their answers left alone', async () => {
  const sdl = `"Any." union AcmeAny = Customer extend type Query { acme: AcmeAny } extend type Subscription { acme: Int }`
  const resolvers = {
    Query: { acme: () => ({}) },
    AcmeAny: { __resolveType: thrower(secret) },
    Subscription: {
      acme: {
        subscribe: async function* () {
          yield { acme: 1 }
        },
      },
    },
  }
  const { schema } = composeFixture({ extensions: [extensionOf('acme', sdl, { resolvers })], strict: true })
  const { errors } = await graphql({ schema, source: '{ acme { __typename } }' })
  expect(errors?.[0]?.extensions).toEqual({ code: 'EXTENSION_FAILED', extension: 'acme', retryable: false })
  const events = await subscribe({ schema, document: parse('subscription { acme }') })
  if (!(Symbol.asyncIterator in events)) throw new Error('not subscribed')
  for await (const event of events) expect(event).toEqual({ data: { acme: 1 } })
})

test('an error in a list costs its item only', async () => {
  const { data, errors } = await graphql({ schema: schemaWith(() => [1, secret]), source: '{ acmes }' })
  expect(data).toEqual({ acmes: [1, null] })
  expect(errors?.[0]?.extensions).toEqual({ code: 'EXTENSION_FAILED', extension: 'acme', retryable: false })
})

test('a refusal keeps its code and its facts, and is given the name', async () => {
  const refusal = new TrellisError('BAD_INPUT', 'Too much.', { extensions: { limit: 3 } })
  const { errors } = await graphql({ schema: schemaWith(thrower(refusal)), source: '{ acme }' })
  expect(errors?.[0]).toMatchObject({
    message: 'Too much.',
    extensions: { code: 'BAD_INPUT', limit: 3, extension: 'acme' },
  })
  expect(refusal.extensions).toEqual({ code: 'BAD_INPUT', limit: 3 })
})

test("a mutation's outcome goes to the gateway as it is", async () => {
  const outcome = new UserErrors([{ code: 'NOT_FOUND', message: 'No such tier.', path: ['input'] }])
  const { errors } = await graphql({ schema: schemaWith(thrower(outcome)), source: 'mutation { acme }' })
  expect(errors?.[0]?.originalError).toBe(outcome)
})
