import { loyalty } from '@trellis/extension-loyalty'
import { defineExtension } from '@trellis/sdk'
import {
  codesOf,
  createGatewayOn,
  createTestDatabase,
  createTestGateway,
  listAt,
  type TestGateway,
  textAt,
  valueAt,
} from '@trellis/testing'
import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { json, serve } from '../../src/remote/testing/serve.ts'
import {
  counted,
  decide,
  decideAndFollow,
  merge,
  reviewSdl,
  startChangingService,
} from './fixtures/remotes.ts'

// Each composes the core several times, and starts a process.
vi.setConfig({ testTimeout: 120_000 })

const extensionsOf = async (gateway: TestGateway) =>
  listAt(
    await gateway.data(
      '{ extensions { name status isEnabled revision remote { schema isAdded isSigned merge { type key lookup } } } }',
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
        },
        "revision": 1,
        "status": "ENABLED",
      },
    ]
  `)
})

test('agents see the fields that they are given, on their own records, and decide nothing', async () => {
  await using service = await startChangingService()
  await using gateway = await createTestGateway({ extensions: [] })
  await gateway.create('customer', { name: 'Acme' })
  await gateway.create('customer', { name: 'Bolt' }, { as: 'agent' })
  await decideAndFollow(gateway, 'Add', { name: 'review', url: service.url, merge })
  expect(codesOf(await gateway.ask(counted, {}, { as: 'agent' }))).toEqual(['FORBIDDEN'])
  const permissions = [{ role: 'AGENT', fields: ['Customer.reviewCount'] }]
  await decideAndFollow(gateway, 'Update', { name: 'review', permissions })
  expect(await gateway.data(counted, {}, { as: 'agent' })).toEqual({
    customers: { nodes: [{ name: 'Bolt', reviewCount: 30 }] },
  })
  expect(codesOf(await gateway.ask('{ reviewGreeting }', {}, { as: 'agent' }))).toEqual(['FORBIDDEN'])
  expect(await gateway.data('{ extensions { remote { permissions { role fields } } } }')).toEqual({
    extensions: [{ remote: { permissions } }],
  })
  expect(await gateway.data('{ extensions { name remote { url } } }', {}, { as: 'agent' })).toEqual({
    extensions: [{ name: 'review', remote: null }],
  })
  for (const mutation of [
    'extensionRemoteAdd(input: { name: "rating", url: "http://127.0.0.1:9/" })',
    'extensionRemoteUpdate(input: { name: "review", retries: 3 })',
    'extensionRemoteRemove(input: { name: "review" })',
  ]) {
    const answer = await gateway.ask(`mutation { ${mutation} { userErrors { code } } }`, {}, { as: 'agent' })
    expect(codesOf(answer)).toEqual(['FORBIDDEN'])
  }
})

test('an update asks the service anew, keeps what is not said, and says what breaks', async () => {
  await using service = await startChangingService()
  await using gateway = await createTestGateway({ extensions: [] })
  await gateway.create('customer', { name: 'Acme' })
  await decideAndFollow(gateway, 'Add', { name: 'review', url: service.url, merge, timeoutMs: 1500 })
  await service.change(reviewSdl.replace('reviewCount: Int', 'reviewMood: String'))
  expect(
    await decideAndFollow(gateway, 'Update', {
      name: 'review',
      schema: null,
      version: '1.1.0',
      expectedRevision: 1,
    }),
  ).toMatchObject({
    extension: { version: '1.1.0' },
    plan: {
      added: [{ coordinate: 'Customer.reviewMood' }],
      removed: [{ coordinate: 'Customer.reviewCount' }],
      breaking: [{ code: 'FIELD_REMOVED', isBreaking: true }],
    },
  })
  expect(await gateway.data('{ customers { nodes { reviewMood } } }')).toEqual({
    customers: { nodes: [{ reviewMood: 'sunny' }] },
  })
  const read = '{ extensions { remote { timeoutMs retries merge { lookup } } } }'
  const kept = { retries: 1, merge: [{ lookup: 'reviewCustomers(ids:)' }] }
  expect(await gateway.data(read)).toEqual({ extensions: [{ remote: { timeoutMs: 1500, ...kept } }] })
  await decideAndFollow(gateway, 'Update', { name: 'review', timeoutMs: null })
  expect(await gateway.data(read)).toEqual({ extensions: [{ remote: { timeoutMs: 2000, ...kept } }] })
  expect(
    valueAt(await decide(gateway, 'Update', { name: 'review', expectedRevision: 1 }), 'userErrors'),
  ).toMatchObject([{ code: 'STALE_VERSION', path: ['input', 'expectedRevision'] }])
})

test('removed, it leaves the schema when what is under way is answered, and can be added again', async () => {
  await using service = await startChangingService()
  await using gateway = await createTestGateway({ extensions: [] })
  await gateway.create('customer', { name: 'Acme' })
  const input = { name: 'review', url: service.url, merge }
  await decideAndFollow(gateway, 'Add', input)
  await service.change(`# slow ${reviewSdl}`)
  const underWay = gateway.data(counted)
  // It has to have begun: what it is answered from is the schema of then.
  await new Promise(resolve => setTimeout(resolve, 300))
  expect(await decideAndFollow(gateway, 'Remove', { name: 'review' })).toMatchObject({
    extension: { name: 'review' },
    plan: {
      added: [],
      removed: [{ coordinate: 'Customer.reviewCount' }, { coordinate: 'Query.reviewGreeting' }],
    },
  })
  expect(await extensionsOf(gateway)).toEqual([])
  expect(valueAt((await gateway.ask(counted)).errors, '0.message')).toContain(
    'Cannot query field "reviewCount"',
  )
  expect(await underWay).toEqual({ customers: { nodes: [{ name: 'Acme', reviewCount: 30 }] } })

  await service.change(reviewSdl)
  await decideAndFollow(gateway, 'Add', input)
  expect(await extensionsOf(gateway)).toMatchObject([{ name: 'review', status: 'ENABLED', revision: 3 }])
})

test('every replica follows within seconds, a restart keeps it, and it is switched off and on like any other', async () => {
  await using service = await startChangingService()
  await using database = await createTestDatabase()
  const options = { connection: database.connection, extensions: [] }
  {
    await using one = await createGatewayOn({ ...options, followsEveryMs: 100 })
    await using other = await createGatewayOn({ ...options, followsEveryMs: 100 })
    await other.create('customer', { name: 'Acme' })
    await decide(one, 'Add', { name: 'review', url: service.url, merge })
    for (const gateway of [one, other])
      await vi.waitFor(
        async () =>
          expect(await gateway.data(counted)).toEqual({
            customers: { nodes: [{ name: 'Acme', reviewCount: 30 }] },
          }),
        { timeout: 5000, interval: 50 },
      )
  }
  await using again = await createGatewayOn(options)
  const counts = { customers: { nodes: [{ name: 'Acme', reviewCount: 30 }] } }
  expect(await again.data(counted)).toEqual(counts)
  await again.data('mutation { extensionDisable(input: { name: "review" }) { userErrors { code } } }')
  await again.trellis.follow()
  expect(await extensionsOf(again)).toMatchObject([{ name: 'review', status: 'DISABLED', isEnabled: false }])
  // Switched off, it is checked all the same.
  expect(
    valueAt(
      await decide(again, 'Update', { name: 'review', schema: 'type Query { other: Int }' }),
      'userErrors',
    ),
  ).toMatchObject([{ code: 'NOT_COMPOSABLE' }, { code: 'NOT_COMPOSABLE' }])
  await again.data('mutation { extensionEnable(input: { name: "review" }) { userErrors { code } } }')
  await again.trellis.follow()
  expect(await again.data(counted)).toEqual(counts)
})

test('its requests are signed with what was said, which is kept sealed', async () => {
  const secret = `whsec_${Buffer.alloc(32, 's').toString('base64')}`
  const sdl = 'type Query { reviewGreeting: String }'
  await using service = await serve(response =>
    json(response, { data: { _0: 'Hello.', reviewGreeting: 'Hello.' } }),
  )
  await using gateway = await createTestGateway({ extensions: [] })
  const input = { name: 'review', url: service.url, schema: sdl, signingSecrets: [secret] }
  await decideAndFollow(gateway, 'Add', input)
  await gateway.ask('{ reviewGreeting }')
  const [seen] = service.seen
  expect(seen?.headers['webhook-signature']).toMatch(/^v1,/)
  expect(await extensionsOf(gateway)).toMatchObject([{ remote: { isSigned: true } }])
  const { rows } = await sql`select * from "Extension"`.execute(gateway.trellis.database.session.sql)
  expect(JSON.stringify(rows)).not.toContain(secret)
  expect(
    JSON.stringify(await gateway.data('{ extensions { secrets { name } settings remote { schema } } }')),
  ).not.toContain(secret)

  await decideAndFollow(gateway, 'Update', { name: 'review', signingSecrets: null })
  await gateway.ask('{ reviewGreeting }')
  expect(service.seen.at(-1)?.headers).not.toHaveProperty('webhook-signature')
})

test('what cannot be is refused at its place, all of it at once', async () => {
  const dependent = defineExtension({
    name: 'dependent',
    version: '1.0.0',
    typeDefs: 'extend type Query { "Nothing." dependentNothing: String }',
    resolvers: { Query: { dependentNothing: () => null } },
    dependsOn: { review: '*' },
  })
  await using gateway = await createTestGateway({ quarantines: true, extensions: [loyalty, dependent] })
  const least = {
    name: 'review',
    url: 'http://127.0.0.1:9/graphql',
    schema: 'type Query { reviewGreeting: String }',
  }
  const refusals = async (
    ...[what, input]: [Parameters<typeof decide>[1], Readonly<Record<string, unknown>>]
  ) =>
    listAt(await decide(gateway, what, input), 'userErrors').map(
      error => `${textAt(error, 'code')} ${listAt(error, 'path').join('.')}: ${textAt(error, 'message')}`,
    )
  expect(
    await refusals('Add', {
      ...least,
      url: 'ftp://reviews.example.com',
      merge: [
        { type: 'Customer', lookup: 'reviewCustomers' },
        { type: 'Customer', key: 'a b', lookup: 'a(b:)' },
      ],
      headers: ['accept-language', 'Host'],
      signingSecrets: ['whsec_dG9vIHNob3J0'],
      timeoutMs: 0,
      breaker: { failures: 0 },
    }),
  ).toMatchInlineSnapshot(`
    [
      "DUPLICATE input.merge.1.type: merge has "Customer" twice; once is wanted.",
      "INVALID_REMOTE input.url: url is "ftp://reviews.example.com"; an absolute address with http: or https:, such as "https://reviews.example.com/graphql", is wanted.",
      "INVALID_REMOTE input.merge.1.key: merge.Customer.key is "a b"; the name of one field is wanted, such as "id".",
      "INVALID_REMOTE input.headers.1: headers has "host", which the gateway sets itself.",
      "INVALID_REMOTE input.signingSecrets.0: secret is not as Standard Webhooks writes one; "whsec_" and the base64 of 24 to 64 random bytes are wanted.",
      "INVALID_REMOTE input.timeoutMs: timeoutMs is 0; a whole number from 1 to 600000 is wanted.",
      "INVALID_REMOTE input.breaker.failures: breaker.failures is 0; a whole number from 1 to 1000 is wanted.",
    ]
  `)
  expect(
    await refusals('Add', {
      ...least,
      merge,
      permissions: [{ role: 'AGENT', fields: ['Customer.name'] }],
      schema: 'type Query {\n  greeting: String\n}\ntype Customer { id: ID! reviewCount: Int! }',
    }),
  ).toMatchInlineSnapshot(`
    [
      "NOT_COMPOSABLE input.merge: MERGE_LOOKUP_INVALID: The lookup reviewCustomers for Customer of review 1.0.0 (review (added remote):1:1) is no field of its Query, which has greeting. Write \`reviewCustomers(ids: [ID!]!): [Customer]\`: one record per key, null for one that is not there.",
      "NOT_COMPOSABLE input.permissions: PERMISSION_INVALID: review 1.0.0 (review (added remote):1:1) gives AGENT the permission to ask for Customer.name, which is no field that leads to it. Name some of Query.greeting, Customer.reviewCount, or '*' for all.",
      "NOT_COMPOSABLE input.schema: ROOT_FIELD_PREFIX: The root field Query.greeting of review 1.0.0 (review (added remote):2:3) does not start with review. Rename it to reviewGreeting.",
      "NOT_COMPOSABLE input.schema: NON_NULL_ON_FOREIGN_TYPE: Customer.reviewCount of review 1.0.0 (review (added remote):4:25) is non-null on a type of customers 0.1.0 (src/modules/customers/schema.graphql:2:6): when it fails, the whole Customer would be null. Make it nullable: take the outer \`!\` away.",
    ]
  `)
  expect(await refusals('Add', { ...least, name: 'Review', version: 'one' })).toMatchInlineSnapshot(`
    [
      "NOT_COMPOSABLE input.name: INVALID_SUBGRAPH_NAME: The name of Review one (Review (added remote):1:1) does not match ^[a-z][a-z0-9-]{1,40}$. Set \`name\` to lower-case letters, digits and hyphens, or name the package so.",
      "NOT_COMPOSABLE input.version: INVALID_VERSION: The version of Review one (Review (added remote):1:1) is not semver. Set \`version\`, or the version in its package.json, to one such as 1.2.0.",
    ]
  `)
  expect(await refusals('Add', { ...least, name: 'loyalty' })).toMatchInlineSnapshot(`
    [
      "TAKEN input.name: An extension "loyalty" came with the gateway. Choose another name.",
    ]
  `)
  expect(await refusals('Add', { name: 'review', url: least.url })).toMatchInlineSnapshot(`
    [
      "SCHEMA_UNKNOWN input.schema: The service does not tell its schema (UNREACHABLE): The extension "review" could not be reached (ECONNREFUSED). Give its SDL as \`schema\`, or have it answer introspection.",
    ]
  `)
  expect(await refusals('Update', least)).toMatchInlineSnapshot(`
    [
      "NOT_FOUND input.name: There is no added service "review".",
    ]
  `)
  expect(await refusals('Remove', { name: 'loyalty' })).toMatchInlineSnapshot(`
    [
      "NOT_CHANGEABLE input.name: loyalty was not added, but came with the gateway; disable it instead.",
    ]
  `)
  expect(await gateway.rowsIn('Extension')).toBe(0)

  await decideAndFollow(gateway, 'Add', least)
  expect(await refusals('Add', least)).toMatchInlineSnapshot(`
    [
      "TAKEN input.name: review was added already; extensionRemoteUpdate changes it.",
    ]
  `)
  expect(await refusals('Update', { name: 'review', url: null })).toMatchInlineSnapshot(`
    [
      "REQUIRED input.url: url is null; an address is wanted.",
    ]
  `)
  expect(await refusals('Remove', { name: 'review' })).toMatchInlineSnapshot(`
    [
      "IN_USE input.name: dependent depends on review; disable it first.",
    ]
  `)
})

test('where the operator allows no private addresses, none is reached', async () => {
  await using service = await startChangingService()
  await using gateway = await createTestGateway({ extensions: [], privateRemotes: false })
  for (const url of [
    service.url,
    service.url.replace('127.0.0.1', 'localhost'),
    'http://0x7f.1:4001/graphql',
  ])
    expect(valueAt(await decide(gateway, 'Add', { name: 'review', url, merge }), 'userErrors')).toMatchObject(
      [
        {
          code: 'SCHEMA_UNKNOWN',
          message: expect.stringContaining('UNREACHABLE'),
          path: ['input', 'schema'],
        },
      ],
    )
  await decideAndFollow(gateway, 'Add', { name: 'review', url: service.url, schema: reviewSdl, merge })
  expect(codesOf(await gateway.ask('{ reviewGreeting }'))).toEqual(['EXTENSION_UNAVAILABLE'])
})
