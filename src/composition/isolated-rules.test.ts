import { defineExtension, type Extension, type ExtensionOptions, field } from '@trellis/sdk'
import { printSchema } from 'graphql'
import { expect, test } from 'vitest'
import { composeFixture, problemsOfAll } from './fixtures/extension.ts'

const acme = (more: Partial<ExtensionOptions> = {}): Extension =>
  defineExtension({
    name: 'acme',
    version: '1.0.0',
    isolation: 'process',
    scopes: ['customer:read'],
    typeDefs: 'extend type Customer { "Its score." acmeScore: Int }',
    fields: { Customer: { acmeScore: field({ requires: ['id'], batch: ids => ids.map(() => 1) }) } },
    ...more,
  })

const codes = (extensions: readonly Extension[]) =>
  problemsOfAll(extensions).map(({ code, severity }) => `${code} ${severity}`)

test('an extension in a process of its own composes to the same schema', () => {
  const schemaOf = (isolation: 'none' | 'process') =>
    printSchema(composeFixture({ extensions: [acme({ isolation })], strict: true }).schema)
  expect(schemaOf('process')).toBe(schemaOf('none'))
})

test('what it writes in the transaction of the core stays in the gateway, and is said to', () => {
  expect(codes([acme({ effects: { Customer: () => undefined } })])).toEqual(['ISOLATION_PARTIAL warning'])
  expect(codes([acme({ lifecycle: { afterInstall: () => undefined } })])).toEqual([
    'ISOLATION_PARTIAL warning',
  ])
})

test('so does nothing that leans on its setup', () => {
  const made = { setup: () => ({}) }
  expect(codes([acme({ ...made, merges: { Customer: () => undefined } })])).toEqual([
    'ISOLATION_UNSUPPORTED error',
  ])
  const dependent = defineExtension({
    name: 'other',
    version: '1.0.0',
    typeDefs: '',
    dependsOn: { acme: '*' },
  })
  expect(codes([acme(made), dependent])).toContain('ISOLATION_UNSUPPORTED error')
  expect(codes([acme(), dependent])).toEqual([])
})

test('types of other extensions are not to be had', () => {
  const other = defineExtension({
    name: 'other',
    version: '1.0.0',
    typeDefs: '"A shelf." type OtherShelf { "Its id." id: ID! }',
  })
  const leaning = acme({
    dependsOn: { other: '*' },
    typeDefs: 'extend type Query { "A shelf." acmeShelf: OtherShelf }',
    fields: {},
    resolvers: { Query: { acmeShelf: () => null } },
  })
  expect(codes([leaning, other])).toEqual(['ISOLATION_UNSUPPORTED error'])
})

test('its fields are checked as those of any extension', () => {
  expect(codes([acme({ fields: {} })])).toContain('FIELD_WITHOUT_BATCH error')
})
