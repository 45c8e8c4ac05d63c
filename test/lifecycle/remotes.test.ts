import {
  createGatewayOn,
  createTestDatabase,
  createTestGateway,
  listAt,
  type TestGateway,
  valueAt,
} from '@trellis/testing'
import { expect, test, vi } from 'vitest'
import {
  counted,
  decide,
  decideAndFollow,
  merge,
  reviewSdl,
  startChangingService,
} from './fixtures/remotes.ts'

const extensionsOf = async (gateway: TestGateway) =>
  listAt(
    await gateway.data(
      '{ extensions { name status isEnabled revision remote { url schema isAdded isSigned merge { type key lookup } } } }',
    ),
    'extensions',
  )

test('a service in another process is added while the gateway runs: asked for its schema, its fields answer', async () => {
  await using service = await startChangingService()
  await using gateway = await createTestGateway({ extensions: [] })
  await gateway.create('customer', { name: 'Acme' })
  const input = { name: 'review', url: service.url, merge }
  expect(await decide(gateway, 'Add', input, { directive: '@dryRun' })).toMatchInlineSnapshot(`
    {
      "extension": {
        "isEnabled": true,
        "name": "review",
        "status": "ENABLED",
        "version": "1.0.0",
      },
      "plan": {
        "added": [
          {
            "coordinate": "Customer.reviewCount",
          },
          {
            "coordinate": "Query.reviewGreeting",
          },
        ],
        "breaking": [],
        "removed": [],
      },
      "userErrors": [],
    }
  `)
  await gateway.trellis.follow()
  expect(await extensionsOf(gateway)).toEqual([])

  await decideAndFollow(gateway, 'Add', input)
  expect(await gateway.data(`{ reviewGreeting customers { nodes { name reviewCount } } }`)).toEqual({
    reviewGreeting: 'Hello.',
    customers: { nodes: [{ name: 'Acme', reviewCount: 30 }] },
  })
  expect(await extensionsOf(gateway)).toMatchInlineSnapshot(`
    [
      {
        "isEnabled": true,
        "name": "review",
        "remote": {
          "isAdded": true,
          "isSigned": false,
          "merge": [
            {
              "key": "id",
              "lookup": "reviewCustomers(ids:)",
              "type": "Customer",
            },
          ],
          "schema": "type Query {
      """A greeting."""
      reviewGreeting: String
      reviewCustomers(ids: [ID!]!): [Customer]!
    }

    type Customer {
      id: ID!

      """How many reviews there are."""
      reviewCount: Int
    }",
          "url": "http://127.0.0.1:44399/graphql",
        },
        "revision": 1,
        "status": "ENABLED",
      },
    ]
  `)
})
