import { join } from 'node:path'
import { expect, test } from 'vitest'
import { type RemoteExtensionOptions, remoteExtension } from './index.ts'

const least = {
  name: 'reviews',
  version: '1.0.0',
  url: 'https://reviews.example.com/graphql',
  schema: 'type Query { reviewsLatest: Int }',
} satisfies RemoteExtensionOptions

const secret = `whsec_${Buffer.alloc(32).toString('base64')}`

test('name, version, address and SDL are enough; all else has its default', () => {
  const { file, ...extension } = remoteExtension(least)
  expect(file).toBe(import.meta.filename)
  const schema = { file, text: least.schema }
  expect(extension).toEqual({
    name: 'reviews',
    version: '1.0.0',
    limits: {
      deadlineMs: 2000,
      writeDeadlineMs: 2000,
      concurrency: 150,
      queue: 100,
      failures: 5,
      recoveryMs: 1000,
    },
    typeDefs: schema,
    remote: {
      url: 'https://reviews.example.com/graphql',
      schema,
      merge: {},
      headers: [],
      secrets: [],
      timeoutMs: 2000,
      retries: 1,
      breaker: { failures: 5, failingMs: 2000, firstTrialMs: 1000, longestTrialMs: 5000 },
      maxResponseBytes: 8_388_608,
      concurrency: 50,
      queue: 100,
      subscriptions: 100,
      heartbeatMs: 30_000,
      allowPrivate: true,
    },
  })
})

test('the options are read: lookups, names of headers, secrets', () => {
  const { remote, startup, dependsOn } = remoteExtension({
    ...least,
    merge: { Customer: { key: 'id', lookup: 'reviewCustomers(ids:)' } },
    headers: ['Accept-Language', 'accept-language'],
    secret: [secret, secret],
    breaker: { failures: 3 },
    startup: 'required',
    dependsOn: { loyalty: '^0.1.0' },
  })
  expect(remote).toMatchObject({
    merge: { Customer: { key: 'id', field: 'reviewCustomers', argument: 'ids' } },
    headers: ['accept-language'],
    secrets: [secret, secret],
    breaker: { failures: 3, failingMs: 2000 },
  })
  expect({ startup, dependsOn }).toEqual({ startup: 'required', dependsOn: { loyalty: '^0.1.0' } })
})

test('the SDL may be in a file, by its path from here', () => {
  const { remote } = remoteExtension({ ...least, schema: '../composition/extensions.graphql' })
  expect(remote?.schema.file).toBe(join(import.meta.dirname, '../composition/extensions.graphql'))
  expect(remote?.schema.text).toContain('type Extension')
})

test('everything wrong is told at once, with the value and what is wanted', () => {
  const make = () =>
    remoteExtension({
      ...least,
      url: 'reviews.example.com',
      schema: 'nothing',
      merge: { Customer: { key: 'id, name', lookup: 'reviewCustomers' } },
      headers: ['x y', 'Host', 'Webhook-Signature'],
      secret: 'whsec_dG9vIHNob3J0',
      timeoutMs: 0,
      retries: 1.5,
      breaker: { failures: 0 },
    })
  expect(make).toThrowErrorMatchingInlineSnapshot(`
    [Error: The remote extension "reviews" cannot be:
    - url is "reviews.example.com"; an absolute address with http: or https:, such as "https://reviews.example.com/graphql", is wanted.
    - schema is "nothing"; SDL, or a path that ends in .graphql, .graphqls or .gql is wanted.
    - merge.Customer.key is "id, name"; the name of one field is wanted, such as "id".
    - merge.Customer.lookup is "reviewCustomers"; a root field and its argument are wanted, such as "reviewCustomers(ids:)".
    - headers has "x y", which is no name of a header.
    - headers has "host", which the gateway sets itself.
    - headers has "webhook-signature", which the gateway sets itself.
    - secret is not as Standard Webhooks writes one; "whsec_" and the base64 of 24 to 64 random bytes are wanted.
    - timeoutMs is 0; a whole number from 1 to 600000 is wanted.
    - retries is 1.5; a whole number from 0 to 10 is wanted.
    - breaker.failures is 0; a whole number from 1 to 1000 is wanted.]
  `)
  expect(make).not.toThrow(/dG9vIHNob3J0/)
})

test.each([
  [
    'ftp://reviews.example.com/',
    'url is "ftp://reviews.example.com/"; an absolute address with http: or https:',
  ],
  [
    'https://user:canary@reviews.example.com/',
    'url for "reviews.example.com" has a user or a password in it',
  ],
])('the address %s is refused', (url, message) => {
  expect(() => remoteExtension({ ...least, url })).toThrow(message)
  expect(() => remoteExtension({ ...least, url })).not.toThrow('canary')
})
