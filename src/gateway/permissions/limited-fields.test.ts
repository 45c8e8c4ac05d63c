import { defineExtension, type ExtensionOptions, field } from '@trellis/sdk'
import { createTestGateway } from '@trellis/testing'
import { expect, test } from 'vitest'

const acme = (permissions: ExtensionOptions['permissions']) => {
  const calls: string[] = []
  const extension = defineExtension({
    name: 'acme',
    version: '1.0.0',
    typeDefs: `
      extend type Customer { "A number." acmeScore: AcmeScore }
      extend type Query { "A number." acmeScore: AcmeScore }
      extend type Mutation { "Scores." acmeScore("Nothing." input: AcmeScoreInput!): AcmeScorePayload }
      "A score." type AcmeScore { "The number." value: Int }
      "Nothing." input AcmeScoreInput { "Any." note: String }
      "What became of it." type AcmeScorePayload { "The number." value: Int "Why not." userErrors: [UserError!]! }
    `,
    resolvers: {
      Query: {
        acmeScore: () => {
          calls.push('query')
          return { value: 1 }
        },
      },
      Mutation: {
        acmeScore: () => {
          calls.push('mutation')
          return { value: 2, userErrors: [] }
        },
      },
    },
    fields: {
      Customer: {
        acmeScore: field({
          requires: ['id'],
          batch: customers => {
            calls.push('batch')
            return customers.map(() => ({ value: 3 }))
          },
        }),
      },
    },
    ...(permissions && { permissions }),
  })
  return { extension, calls }
}

const asked = `mutation { acmeScore(input: {}) { value } }`
const looked = `{ acmeScore { value } customers(first: 1) { nodes { name acmeScore { value } } } }`

test('what an extension gives no role is for administrators, and nothing of it is called for others', async () => {
  const { extension, calls } = acme(undefined)
  await using gateway = await createTestGateway({ extensions: [extension] })
  const ownerId = gateway.userIds.agent
  await gateway.create('customer', { name: 'Acme', ownerId })
  for (const _ of [1, 2]) {
    const { data, errors } = await gateway.ask(looked, {}, { as: 'agent' })
    expect(data).toEqual({ acmeScore: null, customers: { nodes: [{ name: 'Acme', acmeScore: null }] } })
    expect(errors?.map(({ message, extensions }) => [message, extensions?.['code']])).toEqual(
      ['Query.acmeScore', 'Customer.acmeScore'].map(coordinate => [
        `${coordinate} is not for your role, AGENT: the extension acme does not permit it.`,
        'FORBIDDEN',
      ]),
    )
  }
  const refused = await gateway.ask(asked, {}, { as: 'agent' })
  expect(refused.errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN')
  expect(calls).toEqual([])

  expect(await gateway.data(looked)).toEqual({
    acmeScore: { value: 1 },
    customers: { nodes: [{ name: 'Acme', acmeScore: { value: 3 } }] },
  })
  expect(await gateway.data(asked)).toEqual({ acmeScore: { value: 2 } })
  expect(calls).toEqual(['query', 'batch', 'mutation'])
})

test('a role may ask for what it is given, and for no more', async () => {
  const { extension } = acme({ AGENT: ['Customer.acmeScore', 'Mutation.acmeScore'] })
  await using gateway = await createTestGateway({ extensions: [extension] })
  await gateway.create('customer', { name: 'Acme', ownerId: gateway.userIds.agent })
  const { data, errors } = await gateway.ask(looked, {}, { as: 'agent' })
  expect(data).toEqual({
    acmeScore: null,
    customers: { nodes: [{ name: 'Acme', acmeScore: { value: 3 } }] },
  })
  expect(errors?.map(({ path }) => path)).toEqual([['acmeScore']])
  expect(await gateway.data(asked, {}, { as: 'agent' })).toEqual({ acmeScore: { value: 2 } })
})
