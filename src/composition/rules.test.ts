import { GraphQLScalarType, parse } from 'graphql'
import { expect, test } from 'vitest'
import type { Extension } from '@trellis/sdk'
import { batchOf, extensionOf, type LooseExtension, problemsOfAll } from './fixtures/extension.ts'
import type { ProblemCode } from './problem-codes.ts'

const acme = (sdl: string, options: LooseExtension = {}): readonly Extension[] => [
  extensionOf('acme', sdl, options),
]
const answers = batchOf(parents => parents.map(() => 1))
const query = (field: string): string => `extend type Query { ${field} }`
/** As a second copy of graphql makes it: the same name on it, another class. */
const scalarOfAnotherCopy = {
  name: 'AcmeCode',
  get [Symbol.toStringTag]() {
    return 'GraphQLScalarType'
  },
}
class Location {}
const documentOfAnotherCopy = Object.assign({ ...parse('scalar AcmeCode') }, { loc: new Location() })

interface Row {
  readonly claim: string
  readonly code: ProblemCode
  readonly extensions: readonly Extension[]
}

const refused: readonly Row[] = [
  // Manifest
  { claim: 'a name with capitals', code: 'INVALID_SUBGRAPH_NAME', extensions: [extensionOf('Acme')] },
  { claim: 'the name core', code: 'INVALID_SUBGRAPH_NAME', extensions: [extensionOf('core')] },
  {
    claim: 'the name of a module of the core',
    code: 'INVALID_SUBGRAPH_NAME',
    extensions: [extensionOf('sales')],
  },
  { claim: 'a name that is taken', code: 'DUPLICATE_NAME', extensions: [...acme(''), ...acme('')] },
  {
    claim: 'a version that is not semver',
    code: 'INVALID_VERSION',
    extensions: acme('', { version: 'one' }),
  },
  {
    claim: 'a range that is not semver',
    code: 'INVALID_RANGE',
    extensions: acme('', { compatibility: { trellis: 'new' } }),
  },
  {
    claim: 'another Trellis',
    code: 'INCOMPATIBLE_TRELLIS_VERSION',
    extensions: acme('', { compatibility: { trellis: '^2.0.0' } }),
  },
  {
    claim: 'a dependency that is not there',
    code: 'DEPENDENCY_MISSING',
    extensions: acme('', { dependsOn: { other: '*' } }),
  },
  {
    claim: 'a dependency in another version',
    code: 'DEPENDENCY_VERSION_MISMATCH',
    extensions: [...acme('', { dependsOn: { other: '^2.0.0' } }), extensionOf('other')],
  },
  {
    claim: 'a circle of dependencies',
    code: 'DEPENDENCY_CYCLE',
    extensions: [
      ...acme('', { dependsOn: { other: '*' } }),
      extensionOf('other', '', { dependsOn: { acme: '*' } }),
    ],
  },
  // SDL
  { claim: 'broken SDL', code: 'INVALID_GRAPHQL', extensions: acme('type {') },
  { claim: 'a type twice', code: 'INVALID_GRAPHQL', extensions: acme('scalar AcmeA scalar AcmeA') },
  { claim: 'a field twice', code: 'INVALID_GRAPHQL', extensions: acme('type AcmeA { a: Int a: Int }') },
  {
    claim: 'an unknown directive',
    code: 'INVALID_GRAPHQL',
    extensions: acme('type AcmeA { a: Int @nowhere }'),
  },
  { claim: 'an operation', code: 'INVALID_GRAPHQL', extensions: acme('{ a }') },
  {
    claim: 'an interface half implemented',
    code: 'INVALID_GRAPHQL',
    extensions: acme('type AcmeA implements Node { a: Int }'),
  },
  {
    claim: 'an input as output',
    code: 'INVALID_GRAPHQL',
    extensions: acme('type AcmeA { a: CustomerFilter }'),
  },
  {
    claim: 'a default of another type',
    code: 'INVALID_GRAPHQL',
    extensions: acme('input AcmeA { a: Int = "one" }'),
  },
  {
    claim: 'a circle of required inputs',
    code: 'INVALID_GRAPHQL',
    extensions: acme('input AcmeA { a: AcmeA! }'),
  },
  {
    claim: 'a GraphQLSchema',
    code: 'TYPE_DEFS_NOT_SDL',
    extensions: acme('', { typeDefs: { getTypeMap: null } }),
  },
  {
    claim: 'a document of another graphql',
    code: 'GRAPHQL_DUPLICATED',
    extensions: acme('', { typeDefs: documentOfAnotherCopy }),
  },
  {
    claim: 'a scalar of another graphql',
    code: 'GRAPHQL_DUPLICATED',
    extensions: acme('scalar AcmeCode', { resolvers: { AcmeCode: scalarOfAnotherCopy } }),
  },
  {
    claim: 'a schema definition',
    code: 'SCHEMA_DEFINITION_NOT_ALLOWED',
    extensions: acme('schema { query: Query }'),
  },
  {
    claim: 'a schema extension',
    code: 'SCHEMA_DEFINITION_NOT_ALLOWED',
    extensions: acme('extend schema @administrators'),
  },
  { claim: "GraphQL's own scalar", code: 'TYPE_DEFINITION_INVALID', extensions: acme('scalar String') },
  {
    claim: "GraphQL's own directive",
    code: 'DIRECTIVE_DEFINITION_INVALID',
    extensions: acme('directive @deprecated on FIELD_DEFINITION'),
  },
  {
    claim: "composition's directive",
    code: 'DIRECTIVE_DEFINITION_INVALID',
    extensions: acme('directive @listSize on FIELD_DEFINITION'),
  },
  { claim: 'a type without prefix', code: 'TYPE_NAME_PREFIX', extensions: acme('type Tier { a: Int }') },
  { claim: 'half a word as prefix', code: 'TYPE_NAME_PREFIX', extensions: acme('type Acmeism { a: Int }') },
  { claim: 'a root field without prefix', code: 'ROOT_FIELD_PREFIX', extensions: acme(query('tier: Int')) },
  {
    claim: 'a directive without prefix',
    code: 'DIRECTIVE_NAME_PREFIX',
    extensions: acme('directive @mark on FIELD'),
  },
  ...['__proto__', 'constructor', 'prototype', 'toString', 'valueOf', 'hasOwnProperty', '__typename'].map(
    (name): Row => ({
      claim: `a field ${name}`,
      code: 'RESERVED_NAME',
      extensions: acme(`type AcmeA { ${name}: Int }`),
    }),
  ),
  {
    claim: 'an enum value named like introspection',
    code: 'RESERVED_NAME',
    extensions: acme('enum AcmeA { __a }'),
  },
  {
    claim: 'a list without bound',
    code: 'LIST_WITHOUT_BOUND',
    extensions: acme('type AcmeA { all: [Int] }'),
  },
  {
    claim: 'a connection without bound',
    code: 'LIST_WITHOUT_BOUND',
    extensions: acme('type AcmeConnection { nodes: [Int] } type AcmeA { all: AcmeConnection }'),
  },
  {
    claim: 'a non-null field on a core type',
    code: 'NON_NULL_ON_FOREIGN_TYPE',
    extensions: acme('extend type Customer { a: Int! }'),
  },
  { claim: 'a non-null root field', code: 'NON_NULL_ON_FOREIGN_TYPE', extensions: acme(query('acme: Int!')) },
  {
    claim: 'extending nothing',
    code: 'EXTENSION_WITH_NO_BASE',
    extensions: acme('extend type Nowhere { a: Int }'),
  },
  { claim: 'an unknown type', code: 'UNKNOWN_TYPE', extensions: acme('type AcmeA { a: Nowhere }') },
  {
    claim: "another extension's type without dependsOn",
    code: 'DEPENDENCY_NOT_DECLARED',
    extensions: [...acme('type AcmeA { a: OtherA }'), extensionOf('other', 'type OtherA { a: Int }')],
  },
  {
    claim: "extending another extension's type without dependsOn",
    code: 'DEPENDENCY_NOT_DECLARED',
    extensions: [...acme('extend type OtherA { b: Int }'), extensionOf('other', 'type OtherA { a: Int }')],
  },
  // Code
  {
    claim: 'requires of an unknown field',
    code: 'REQUIRES_INVALID_FIELDS',
    extensions: acme('extend type Customer { a: Int }', {
      fields: { Customer: { a: batchOf(() => [], ['age']) } },
    }),
  },
  {
    claim: "requires of an extension's field",
    code: 'REQUIRES_INVALID_FIELDS',
    extensions: acme('extend type Customer { a: Int b: Int }', {
      fields: { Customer: { a: batchOf(() => [], ['b']), b: answers } },
    }),
  },
  {
    claim: 'a batch without field',
    code: 'BATCH_WITHOUT_FIELD',
    extensions: acme('', { fields: { Customer: { a: answers } } }),
  },
  {
    claim: 'a field without batch',
    code: 'FIELD_WITHOUT_BATCH',
    extensions: acme('extend type Customer { a: Int }'),
  },
  {
    claim: 'a function in fields',
    code: 'RESOLVER_INVALID',
    extensions: acme('extend type Customer { a: Int }', { fields: { Customer: { a: () => 1 } } }),
  },
  {
    claim: 'a batch on a root type',
    code: 'RESOLVER_INVALID',
    extensions: acme(query('acme: Int'), { fields: { Query: { acme: answers } } }),
  },
  {
    claim: 'a resolver that is a value',
    code: 'RESOLVER_INVALID',
    extensions: acme(query('acme: Int'), { resolvers: { Query: { acme: 1 } } }),
  },
  {
    claim: 'a scalar that is none',
    code: 'RESOLVER_INVALID',
    extensions: acme('scalar AcmeA', { resolvers: { AcmeA: {} } }),
  },
  {
    claim: 'a resolver without type',
    code: 'RESOLVER_WITHOUT_FIELD',
    extensions: acme('', { resolvers: { AcmeA: { a: () => 1 } } }),
  },
  {
    claim: 'a resolver without field',
    code: 'RESOLVER_WITHOUT_FIELD',
    extensions: acme('type AcmeA { a: Int }', { resolvers: { AcmeA: { b: () => 1 } } }),
  },
  {
    claim: 'a resolver without root field',
    code: 'RESOLVER_WITHOUT_FIELD',
    extensions: acme('', { resolvers: { Query: { acme: () => 1 } } }),
  },
  {
    claim: "a resolver for the core's root field",
    code: 'RESOLVER_WITHOUT_FIELD',
    extensions: acme('', { resolvers: { Query: { customers: () => [] } } }),
  },
  {
    claim: 'a resolver on a core type',
    code: 'RESOLVER_ON_FOREIGN_TYPE',
    extensions: acme('extend type Customer { a: Int }', { resolvers: { Customer: { a: () => 1 } } }),
  },
  {
    claim: 'a resolver on a shared type',
    code: 'INVALID_FIELD_SHARING',
    extensions: acme('type UserError { message: String! }', {
      resolvers: { UserError: { message: () => '' } },
    }),
  },
  {
    claim: "a second implementation of the core's scalar",
    code: 'SCALAR_IMPLEMENTATION_MISMATCH',
    extensions: acme('', { resolvers: { DateTime: new GraphQLScalarType({ name: 'DateTime' }) } }),
  },
  {
    claim: 'a root field without resolver',
    code: 'FIELD_WITHOUT_RESOLVER',
    extensions: acme(query('acme: Int')),
  },
  {
    claim: 'a subscription without subscribe',
    code: 'SUBSCRIPTION_WITHOUT_SUBSCRIBE',
    extensions: acme('extend type Subscription { acme: Int }', {
      resolvers: { Subscription: { acme: () => 1 } },
    }),
  },
  {
    claim: 'an abstract type that nothing resolves',
    code: 'ABSTRACT_TYPE_UNRESOLVED',
    extensions: acme('union AcmeAny = Customer'),
  },
  // Warnings
  { claim: 'no description', code: 'DESCRIPTION_MISSING', extensions: acme('scalar AcmeA') },
  {
    claim: 'another shape of mutation',
    code: 'MUTATION_SHAPE',
    extensions: acme('extend type Mutation { acme(a: Int): Int }'),
  },
  {
    claim: 'an override of nothing',
    code: 'OVERRIDE_UNUSED',
    extensions: acme('', { overrides: ['Customer.nowhere'] }),
  },
]

test.each(refused)('$code tells of $claim, where it is and what to do', ({ code, extensions }) => {
  const problem = problemsOfAll(extensions).find(found => found.code === code)
  expect(problem?.code).toBe(code)
  expect(problem?.message).toMatch(/elsewhere\/\w+\/(schema\.graphql|index\.ts):\d+:\d+/)
  expect(problem?.fix).not.toBe('')
})

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
      fields: { Customer: { foundedYear: answers } },
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
    fields: { Customer: { foundedYear: answers } },
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
