import type { Extension } from '@trellis/sdk'
import { graphql, parse, printSchema } from 'graphql'
import { expect, test } from 'vitest'
import type { Composition } from './composition.ts'
import { CompositionError } from './composition-error.ts'
import { NotConfigured } from './decision.ts'
import { coreFixture } from './fixtures/core.ts'
import { batchOf, composeFixture, extensionOf, type LooseExtension } from './fixtures/extension.ts'

const scored = (name: string, options: LooseExtension = {}): Extension =>
  extensionOf(name, 'extend type Customer { score: Int }', {
    fields: { Customer: { score: batchOf(parents => parents.map(() => 7)) } },
    ...options,
  })
const broken = (name: string, options: LooseExtension = {}): Extension => extensionOf(name, 'type {', options)
const fares = ({ extensions }: Composition): readonly string[] =>
  extensions.map(({ name, status, problems }) =>
    [name, status, ...problems.filter(({ severity }) => severity === 'error').map(({ code }) => code)].join(
      ' ',
    ),
  )

test('a broken optional extension is left out, the others start', () => {
  const composition = composeFixture({ extensions: [broken('acme'), scored('other')] })
  expect(fares(composition)).toEqual(['acme QUARANTINED INVALID_GRAPHQL', 'other ENABLED'])
  expect(printSchema(composition.schema)).toContain('score: Int')
})

test('of two owners the first in order stays', () => {
  const composition = composeFixture({ extensions: [scored('other'), scored('acme')] })
  expect(fares(composition)).toEqual(['acme ENABLED', 'other QUARANTINED INVALID_FIELD_SHARING'])
  expect(composition.ownership.get('Customer.score')).toEqual({
    name: 'acme',
    version: '1.0.0',
    kind: 'extension',
  })
})

test('a conflict with an extension that is left out is none', () => {
  const wrong = scored('acme', { version: 'one' })
  expect(fares(composeFixture({ extensions: [scored('other'), wrong] }))).toEqual([
    'acme QUARANTINED INVALID_VERSION',
    'other ENABLED',
  ])
})

test('whoever depends on an extension that is left out is left out as well', () => {
  const dependent = extensionOf('aaa', '', { dependsOn: { other: '*' } })
  const other = extensionOf('other', '', { dependsOn: { zzz: '*' } })
  expect(fares(composeFixture({ extensions: [dependent, other, broken('zzz')] }))).toEqual([
    'zzz QUARANTINED INVALID_GRAPHQL',
    'other QUARANTINED DEPENDENCY_QUARANTINED',
    'aaa QUARANTINED DEPENDENCY_QUARANTINED',
  ])
})

test.each([
  [
    'a required extension',
    { extensions: [broken('acme', { startup: 'required' }), scored('a1'), scored('a2')] },
  ],
  ['strict mode', { strict: true, extensions: [broken('acme'), scored('a1'), scored('a2')] }],
] as const)('%s is refused with all problems at once', (_, options) => {
  expect(() => composeFixture(options)).toThrow(CompositionError)
  expect(() => composeFixture(options)).toThrow(/INVALID_FIELD_SHARING[^]*INVALID_GRAPHQL/)
})

test("a resolver of the core without field is the core's fault", () => {
  const core = { ...coreFixture(), resolvers: { Query: { nowhere: () => 1 } } }
  expect(() => composeFixture({ core })).toThrow(/RESOLVER_WITHOUT_FIELD[^]*Query\.nowhere/)
})

test('a fault of the core is nobody else to be left out for', () => {
  expect(() =>
    composeFixture({ core: { ...coreFixture(), document: parse('type Query { a: Nowhere }') } }),
  ).toThrow(/UNKNOWN_TYPE/)
})

test('an extension whose setup failed keeps its fields, which answer null and why', async () => {
  const sdl = 'extend type Customer { score: Int } extend type Query { acmeTop: Int }'
  const acme = extensionOf('acme', sdl, {
    fields: { Customer: { score: batchOf(parents => parents.map(() => 7)) } },
    resolvers: { Query: { acmeTop: () => 1 } },
  })
  const composition = composeFixture({
    extensions: [acme],
    unavailable: new Map([['acme', new Error('no key')]]),
  })
  expect(fares(composition)).toEqual(['acme QUARANTINED SETUP_FAILED'])
  expect(composition.extensions[0]?.owns).toEqual(['Customer.score', 'Query.acmeTop'])

  const source = '{ acmeTop customers(first: 1) { name score } }'
  const { data, errors } = await graphql({ schema: composition.schema, source, contextValue: {} })
  expect(data).toEqual({ acmeTop: null, customers: [{ name: 'Acme', score: null }] })
  expect(errors?.map(({ extensions }) => extensions)).toEqual([
    { code: 'EXTENSION_UNAVAILABLE', extension: 'acme', retryable: false },
    { code: 'EXTENSION_UNAVAILABLE', extension: 'acme', retryable: false },
  ])
})

test('a required extension whose setup failed is refused', () => {
  const options = {
    extensions: [scored('acme', { startup: 'required' })],
    unavailable: new Map([['acme', new Error('no key')]]),
  }
  expect(() => composeFixture(options)).toThrow(/SETUP_FAILED[^]*no key/)
})

const off = { isEnabled: false, isAdded: false, settings: {}, secretNames: [], revision: 1 }

test('one that is switched off is not there, and whoever depends on it says so', () => {
  const dependent = extensionOf('aaa', '', { dependsOn: { other: '*' } })
  const composition = composeFixture({
    extensions: [dependent, scored('other'), broken('zzz')],
    decisions: new Map([
      ['other', off],
      ['zzz', off],
    ]),
  })
  expect(fares(composition)).toEqual([
    'other DISABLED',
    'aaa QUARANTINED DEPENDENCY_DISABLED',
    'zzz DISABLED',
  ])
  expect(printSchema(composition.schema)).not.toContain('score')
})

test('one that waits for its settings is in the schema and answers null', async () => {
  const composition = composeFixture({
    extensions: [scored('acme')],
    unavailable: new Map([['acme', new NotConfigured('the secret apiKey is not set.')]]),
  })
  expect(fares(composition)).toEqual(['acme CONFIGURING NOT_CONFIGURED'])
  expect(printSchema(composition.schema)).toContain('score: Int')
})
