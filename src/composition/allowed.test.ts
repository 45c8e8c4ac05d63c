import type { Extension } from '@trellis/sdk'
import { expect, test } from 'vitest'
import { batchOf, extensionOf, problemsOfAll } from './fixtures/extension.ts'
import { acme, ones } from './fixtures/rules.ts'

const query = (field: string): string => `extend type Query { ${field} }`

const allowed: readonly { readonly claim: string; readonly extensions: readonly Extension[] }[] = [
  { claim: 'nothing at all', extensions: acme('') },
  { claim: 'a prerelease of Trellis', extensions: acme('', { compatibility: { trellis: '^1.0.0' } }) },
  {
    claim: 'lists with a bound, a size or a connection',
    extensions: acme(
      'type AcmeA { a(first: Int): [Int] b(ids: [ID!]!): [Int] c: [Int] @listSize(assumedSize: 3) d(last: Int): AcmeConnection userErrors: [UserError!]! } type AcmeConnection { nodes: [Int] }',
    ),
  },
  {
    claim: 'a relation behind a key',
    extensions: acme('extend type Customer { a: Int }', {
      scopes: ['customer:read'],
      fields: { Customer: { a: batchOf(() => [], ['id', 'parentId']) } },
    }),
  },
  {
    claim: 'an optional field of a core input',
    extensions: acme('extend input CustomerCreateInput { tier: Int }'),
  },
  {
    claim: 'a union of the core extended',
    extensions: acme('type AcmeA { a: Int } extend union SearchResult = AcmeA'),
  },
  {
    claim: 'an interface of another extension implemented',
    extensions: [
      ...acme('"Values carry __typename." interface AcmeA { a: Int }'),
      extensionOf('other', 'type OtherA implements AcmeA { a: Int }', { dependsOn: { acme: '*' } }),
    ],
  },
  {
    claim: 'members that tell themselves',
    extensions: acme('union AcmeAny = AcmeA type AcmeA { a: Int }', {
      resolvers: { AcmeA: { __isTypeOf: () => true } },
    }),
  },
  {
    claim: 'an override',
    extensions: acme('extend type Customer { foundedYear: Int }', {
      overrides: ['Customer.foundedYear'],
      fields: { Customer: { foundedYear: ones } },
    }),
  },
  {
    claim: 'plurals in root fields',
    extensions: acme('extend type Query { acmes(first: Int): [Int] }', {
      resolvers: { Query: { acmes: () => [] } },
    }),
  },
]

test.each(allowed)('$claim is fine', ({ extensions }) => {
  const errors = problemsOfAll(extensions, { trellisVersion: '1.5.0-beta.1' }).filter(
    ({ severity }) => severity === 'error',
  )
  expect(errors).toEqual([])
})

test('an override answers as the owner does', () => {
  const taken = acme('extend type Customer { foundedYear: String }', {
    overrides: ['Customer.foundedYear'],
    fields: { Customer: { foundedYear: ones } },
  })
  expect(problemsOfAll(taken).map(({ code }) => code)).toContain('FIELD_TYPE_MISMATCH')
})

test('whoever squats on a name is at fault, not its rightful owner', () => {
  const squatter = extensionOf('aaa', query('acmeTier: Int'), { resolvers: { Query: { acmeTier: () => 1 } } })
  const rightful = extensionOf('acme', query('acmeTier: Int'), {
    resolvers: { Query: { acmeTier: () => 1 } },
  })
  const problem = problemsOfAll([squatter, rightful]).find(({ code }) => code === 'INVALID_FIELD_SHARING')
  expect(problem?.extensions.map(({ name }) => name)).toEqual(['aaa', 'acme'])
})
