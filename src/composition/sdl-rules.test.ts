import { parse } from 'graphql'
import { extensionOf } from './fixtures/extension.ts'
import { acme, type Rule, testRules } from './fixtures/rules.ts'

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

testRules([
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
    claim: 'a reason that is no text',
    code: 'INVALID_GRAPHQL',
    extensions: acme('type AcmeA { a: Int @deprecated(reason: 3) }'),
  },
  {
    claim: 'an address that is no text',
    code: 'INVALID_GRAPHQL',
    extensions: acme('scalar AcmeA @specifiedBy(url: true)'),
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
    (name): Rule => ({
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
  { claim: 'no description', code: 'DESCRIPTION_MISSING', extensions: acme('scalar AcmeA') },
  ...[
    'a: Int @deprecated',
    'a: Int @deprecated(reason: "Use `b`.")',
    'a: Int @deprecated(reason: "Since 2026-03-01.")',
    'a: Int @deprecated(reason: "Use `b`; since 2026-02-30.")',
    'b(a: Int @deprecated): Int',
  ].map(
    (field): Rule => ({
      claim: field,
      code: 'DEPRECATION_INCOMPLETE',
      extensions: acme(`type AcmeA { ${field} }`),
    }),
  ),
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
])
