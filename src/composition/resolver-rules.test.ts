import { GraphQLScalarType } from 'graphql'
import { batchOf } from './fixtures/extension.ts'
import { acme, ones, testRules } from './fixtures/rules.ts'

const query = (field: string): string => `extend type Query { ${field} }`

testRules([
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
      fields: { Customer: { a: batchOf(() => [], ['b']), b: ones } },
    }),
  },
  {
    claim: 'requires of more than the id without the scope',
    code: 'MISSING_SCOPE',
    extensions: acme('extend type Customer { a: Int }', {
      scopes: ['opportunity:write'],
      fields: { Customer: { a: batchOf(() => [], ['id', 'foundedYear']) } },
    }),
  },
  {
    claim: 'a batch without field',
    code: 'BATCH_WITHOUT_FIELD',
    extensions: acme('', { fields: { Customer: { a: ones } } }),
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
    extensions: acme(query('acme: Int'), { fields: { Query: { acme: ones } } }),
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
])
