import { defineExtension } from '@trellis/sdk'
import {
  createGatewayOn,
  createTestDatabase,
  createTestGateway,
  type TestGateway,
  valueAt,
} from '@trellis/testing'
import { expect, test } from 'vitest'
import { labels } from './fixtures/labels.ts'

const configure = (gateway: TestGateway, input: object, as: 'administrator' | 'agent' = 'administrator') =>
  gateway.ask(
    `mutation ($input: ExtensionConfigureInput!) {
      extensionConfigure(input: $input) {
        extension { settings revision secrets { name isSet } } userErrors { code message path }
      }
    }`,
    { input: { name: 'labels', ...input } },
    { as },
  )

const stateOf = async (gateway: TestGateway) =>
  valueAt(
    await gateway.data(
      '{ extensions { name status revision settings secrets { name isSet } problems { code message } } }',
    ),
    'extensions.0',
  )

const askLabel = (gateway: TestGateway) => gateway.ask('{ customers(first: 1) { nodes { name label } } }')

test('an extension waits until it is configured, and then answers without a restart', async () => {
  await using gateway = await createTestGateway({ extensions: [labels()] })
  await gateway.create('customer', { name: 'Acme' })
  expect(await stateOf(gateway)).toMatchInlineSnapshot(`
    {
      "name": "labels",
      "problems": [
        {
          "code": "NOT_CONFIGURED",
          "message": "labels 1.0.0 (test/lifecycle/fixtures/labels.ts:22:6) waits to be configured: settings.width: Invalid input: expected number, received undefined; the secret seal is not set.",
        },
      ],
      "revision": 0,
      "secrets": [
        {
          "isSet": false,
          "name": "seal",
        },
      ],
      "settings": {},
      "status": "CONFIGURING",
    }
  `)
  const before = await askLabel(gateway)
  expect(valueAt(before.data, 'customers.nodes.0')).toEqual({ name: 'Acme', label: null })
  expect(valueAt(before.errors, '0.extensions')).toMatchObject({
    code: 'EXTENSION_UNAVAILABLE',
    extension: 'labels',
  })

  expect(
    await configure(gateway, { settings: { width: 3 }, secrets: [{ name: 'seal', value: 'wax' }] }),
  ).toMatchInlineSnapshot(`
    {
      "data": {
        "extensionConfigure": {
          "extension": {
            "revision": 1,
            "secrets": [
              {
                "isSet": true,
                "name": "seal",
              },
            ],
            "settings": {
              "width": 3,
            },
          },
          "userErrors": [],
        },
      },
    }
  `)
  await gateway.trellis.follow()
  expect(await askLabel(gateway)).toEqual({
    data: { customers: { nodes: [{ name: 'Acme', label: 'No. Acm 3' }] } },
  })
  expect(await stateOf(gateway)).toMatchInlineSnapshot(`
    {
      "name": "labels",
      "problems": [],
      "revision": 1,
      "secrets": [
        {
          "isSet": true,
          "name": "seal",
        },
      ],
      "settings": {
        "width": 3,
      },
      "status": "ENABLED",
    }
  `)
})

test.each([
  ['an extension that is not there', { name: 'nothing' }],
  ['a setting of the wrong type', { settings: { width: 'three' } }],
  ['a setting that it does not have', { settings: { width: 3, height: 4 } }],
  ['a setting out of bounds', { settings: { width: 0, prefix: 'Number' } }],
  ['a secret that it does not have', { settings: { width: 3 }, secrets: [{ name: 'key', value: 'x' }] }],
  ['an empty secret', { settings: { width: 3 }, secrets: [{ name: 'seal', value: '' }] }],
  ['a revision that is past', { settings: { width: 3 }, expectedRevision: 4 }],
])('%s is refused, and nothing changes', async (_, input) => {
  await using gateway = await createTestGateway({ extensions: [labels()] })
  const before = await stateOf(gateway)
  const answer = await configure(gateway, input)
  expect(valueAt(answer.data, 'extensionConfigure.extension')).toBe(null)
  expect(valueAt(answer.data, 'extensionConfigure.userErrors')).toMatchSnapshot()
  await gateway.trellis.follow()
  expect(await stateOf(gateway)).toEqual(before)
})

test('an agent neither decides nor sees how it is set', async () => {
  await using gateway = await createTestGateway({ extensions: [labels()] })
  await configure(gateway, { settings: { width: 3 } })
  await gateway.trellis.follow()
  const refused = await configure(gateway, { settings: { width: 4 } }, 'agent')
  expect(valueAt(refused.errors, '0.extensions.code')).toBe('FORBIDDEN')
  const seen = await gateway.data('{ extensions { name settings } }', {}, { as: 'agent' })
  expect(seen).toEqual({ extensions: [{ name: 'labels', settings: null }] })
})

test('the database has a secret only sealed', async () => {
  await using database = await createTestDatabase()
  await using gateway = await createGatewayOn({ connection: database.connection, extensions: [labels()] })
  await configure(gateway, { settings: { width: 3 }, secrets: [{ name: 'seal', value: 'sealing-wax' }] })
  const { sql } = gateway.trellis.database.session
  const row = JSON.stringify(
    await sql.withTables<{ Extension: object }>().selectFrom('Extension').selectAll().execute(),
  )
  expect(row).toContain('v1.')
  expect(row).not.toContain('sealing-wax')
})

test('configured anew it is set up anew; who is answered meanwhile keeps the old one', async () => {
  const life: string[] = []
  const held = Promise.withResolvers<void>()
  let isHeld = false
  const extension = labels({
    onLife: event => life.push(event),
    wait: () => (isHeld ? held.promise : Promise.resolve()),
  })
  await using gateway = await createTestGateway({ extensions: [extension] })
  await gateway.create('customer', { name: 'Acme' })
  await configure(gateway, { settings: { width: 3 }, secrets: [{ name: 'seal', value: 'wax' }] })
  await gateway.trellis.follow()

  isHeld = true
  const slow = askLabel(gateway)
  await configure(gateway, { settings: { prefix: '#' } })
  await gateway.trellis.follow()
  isHeld = false
  expect(valueAt((await askLabel(gateway)).data, 'customers.nodes.0.label')).toBe('# Acm 3')
  expect(life).toEqual(['up No. 3', 'up # 3'])
  held.resolve()
  expect(valueAt((await slow).data, 'customers.nodes.0.label')).toBe('No. Acm 3')
  expect(life).toEqual(['up No. 3', 'up # 3', 'left No.'])

  await configure(gateway, { settings: { prefix: null } })
  await gateway.trellis.follow()
  expect(valueAt((await askLabel(gateway)).data, 'customers.nodes.0.label')).toBe('No. Acm 3')
})

/** As another version of labels is, which has no settings and no secrets any more. */
const plainLabels = defineExtension({
  name: 'labels',
  version: '2.0.0',
  typeDefs: 'extend type Query { "The form of labels." labelsForm: String }',
  resolvers: { Query: { labelsForm: () => 'name' } },
})

test('a version without settings runs whatever was set before, and has none to set', async () => {
  await using database = await createTestDatabase()
  const { connection } = database
  {
    await using before = await createGatewayOn({ connection, extensions: [labels()] })
    await configure(before, { settings: { width: 3 }, secrets: [{ name: 'seal', value: 'wax' }] })
  }
  {
    await using gateway = await createGatewayOn({ connection, extensions: [plainLabels] })
    expect(await gateway.data('{ labelsForm }')).toEqual({ labelsForm: 'name' })
    const refused = await configure(gateway, { settings: { width: 4 } })
    expect(valueAt(refused.data, 'extensionConfigure.userErrors')).toMatchObject([
      { code: 'INVALID_SETTING', path: ['input', 'settings', 'width'] },
    ])
    const nothing = await configure(gateway, {})
    expect(valueAt(nothing.data, 'extensionConfigure.userErrors')).toEqual([])
  }
  await using back = await createGatewayOn({ connection, extensions: [labels()] })
  expect(await stateOf(back)).toMatchObject({ status: 'ENABLED', settings: { width: 3 } })
})

test('a service that is added has nothing of an extension that had its name', async () => {
  await using database = await createTestDatabase()
  const { connection } = database
  {
    await using before = await createGatewayOn({ connection, extensions: [labels()] })
    await configure(before, { settings: { width: 3 }, secrets: [{ name: 'seal', value: 'wax' }] })
    await before.data('mutation { extensionDisable(input: { name: "labels" }) { userErrors { code } } }')
  }
  await using gateway = await createGatewayOn({ connection, extensions: [] })
  const schema = 'type Query { labelsForm: String }'
  expect(
    await gateway.refusals('extensionRemoteAdd', {
      name: 'labels',
      url: 'http://127.0.0.1:9/graphql',
      schema,
    }),
  ).toEqual([])
  await gateway.trellis.follow()
  expect(await gateway.data('{ extensions { name status isEnabled revision settings } }')).toEqual({
    extensions: [{ name: 'labels', status: 'ENABLED', isEnabled: true, revision: 3, settings: {} }],
  })
})
