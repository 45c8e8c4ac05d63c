import { expect, test } from 'vitest'
import { composeFixture } from '../fixtures/extension.ts'
import { interpreted } from '../fixtures/reviews.ts'
import { serviceOf, serviceTransport } from '../fixtures/service.ts'

const run = interpreted

interface Key {
  readonly id: string
  readonly foundedYear?: number
}
const resolvers = {
  Query: { acmeCustomers: (_: unknown, { keys }: { readonly keys: readonly Key[] }) => keys },
  Customer: {
    acmeAge: ({ foundedYear = 0 }: Key) => 2000 - foundedYear,
    acmeScore: ({ id }: Key) => id.length,
  },
}

test.each([
  ['an input type', 'input AcmeKey { id: ID! foundedYear: Int }', undefined],
  ['a scalar', 'scalar AcmeKey', 'Customer'],
])('a service says by directives how it is merged, its keys being %s', async (_, key, typeName) => {
  const sdl = `${key}
    type Query { acmeCustomers(keys: [AcmeKey!]!): [Customer] @merge(keyArg: "keys") }
    type Customer @key(selectionSet: "{ id }") {
      id: ID!
      foundedYear: Int
      "Its age in 2000." acmeAge: Int @computed(selectionSet: "{ foundedYear }")
      "A score." acmeScore: Int
    }`
  const transport = serviceTransport(sdl.replaceAll(/@\w+(\(.*?"\))/g, ''), resolvers)
  const { schema } = composeFixture({
    extensions: [{ ...serviceOf('acme', sdl), scopes: ['customer:read'] }],
    strict: true,
    callOf: () => transport,
  })
  // Neither the lookup nor what it takes is public.
  expect(schema.getType('AcmeKey')).toBeUndefined()
  expect(schema.getDirective('merge')).toBeFalsy()

  const { data, errors } = await run(schema, '{ customers(first: 2) { acmeAge acmeScore } }')
  expect(errors).toBeUndefined()
  expect(data).toEqual({
    customers: [
      { acmeAge: 100, acmeScore: 5 },
      { acmeAge: 99, acmeScore: 5 },
    ],
  })
  await run(schema, '{ customers(first: 1) { acmeScore } }')
  const tag = typeName === undefined ? {} : { __typename: typeName }
  expect(transport.calls.map(({ variables }) => variables)).toEqual([
    {
      _0: [
        { ...tag, id: 'cus_0', foundedYear: 1900 },
        { ...tag, id: 'cus_1', foundedYear: 1901 },
      ],
      _1: [
        { ...tag, id: 'cus_0' },
        { ...tag, id: 'cus_1' },
      ],
    },
    { _0: [{ ...tag, id: 'cus_0' }] },
  ])
})

test('a key that is the value of one field', async () => {
  const sdl = `
    type Query { acmeCustomers(ids: [ID!]!): [Customer] @merge(keyField: "id") }
    type Customer @key(selectionSet: "{ id }") { id: ID! "A score." acmeScore: Int }`
  const transport = serviceTransport(sdl.replaceAll(/@\w+(\(.*?"\))/g, ''), {
    Query: {
      acmeCustomers: (_: unknown, { ids }: { readonly ids: readonly string[] }) => ids.map(id => ({ id })),
    },
    Customer: { acmeScore: () => 3 },
  })
  const { schema } = composeFixture({
    extensions: [serviceOf('acme', sdl)],
    strict: true,
    callOf: () => transport,
  })
  const { data, errors } = await run(schema, '{ customers(first: 1) { acmeScore } }')
  expect(errors).toBeUndefined()
  expect(data).toEqual({ customers: [{ acmeScore: 3 }] })
  expect(transport.calls[0]?.variables).toEqual({ _0: ['cus_0'] })
})
