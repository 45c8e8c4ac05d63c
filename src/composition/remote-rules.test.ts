import { describe, expect, test } from 'vitest'
import { composeFixture, problemsOfAll } from './fixtures/extension.ts'
import { type Rule, testRules } from './fixtures/rules.ts'
import { serviceOf } from './fixtures/service.ts'

const merge = { Customer: { key: 'id', lookup: 'acmeCustomers(ids:)' } }

/** A service that adds `fields` to customers, whose lookup is `lookup`. */
const acme = (
  lookup: string,
  {
    fields = '"A score." acmeScore: Int',
    more = '',
    merged = merge,
  }: Partial<Record<'fields' | 'more', string>> & {
    readonly merged?: typeof merge | Record<string, never>
  } = {},
) => [serviceOf('acme', `type Query { ${lookup} } type Customer { id: ID! ${fields} } ${more}`, merged)]

const good = 'acmeCustomers(ids: [ID!]!): [Customer]'

const rules: readonly Rule[] = [
  {
    claim: 'a merged type that the SDL does not have',
    code: 'MERGE_TYPE_UNKNOWN',
    extensions: [serviceOf('acme', `type Query { "One." acmeOne: Int }`, merge)],
  },
  {
    claim: 'a lookup that is not there',
    code: 'MERGE_LOOKUP_INVALID',
    extensions: acme('"One." acmeOne: Int'),
  },
  {
    claim: 'a lookup without the argument',
    code: 'MERGE_LOOKUP_INVALID',
    extensions: acme('acmeCustomers(keys: [ID!]!): [Customer]'),
  },
  {
    claim: 'a lookup of one key at a time',
    code: 'MERGE_LOOKUP_INVALID',
    extensions: acme('acmeCustomers(ids: ID!): [Customer]'),
  },
  {
    claim: 'a lookup that requires more than the keys',
    code: 'MERGE_LOOKUP_INVALID',
    extensions: acme('acmeCustomers(ids: [ID!]!, region: String!): [Customer]'),
  },
  {
    claim: 'a lookup whose items are non-null',
    code: 'MERGE_LOOKUP_INVALID',
    extensions: acme('acmeCustomers(ids: [ID!]!): [Customer!]'),
  },
  {
    claim: 'a lookup of another type',
    code: 'MERGE_LOOKUP_INVALID',
    extensions: acme('acmeCustomers(ids: [ID!]!): [ID]'),
  },
  {
    claim: 'a lookup by directives that takes one key at a time',
    code: 'MERGE_MISSING',
    extensions: acme('acmeCustomer(id: ID!): Customer @merge(keyField: "id")', { merged: {} }),
  },
  {
    claim: 'a key that is not stored',
    code: 'MERGE_KEY_INVALID',
    extensions: [
      serviceOf(
        'acme',
        `type Query { ${good} } type Customer { id: ID! region: String "A score." acmeScore: Int }`,
        {
          Customer: { key: 'region', lookup: 'acmeCustomers(ids:)' },
        },
      ),
    ],
  },
  {
    claim: 'what a computed field requires and is not stored',
    code: 'MERGE_KEY_INVALID',
    extensions: acme('acmeCustomers(keys: [AcmeKey!]!): [Customer] @merge', {
      fields: 'secretPlace: String "A score." acmeScore: Int @computed(selectionSet: "{ secretPlace }")',
      more: 'extend type Customer @key(selectionSet: "{ id }") scalar AcmeKey',
      merged: {},
    }),
  },
  {
    claim: 'a key beyond the id without the scope',
    code: 'MISSING_SCOPE',
    extensions: [
      serviceOf(
        'acme',
        `type Query { ${good} } type Customer { id: ID! foundedYear: Int "A score." acmeScore: Int }`,
        {
          Customer: { key: 'foundedYear', lookup: 'acmeCustomers(ids:)' },
        },
      ),
    ],
  },
  {
    claim: 'fields on a type that nothing looks up',
    code: 'MERGE_MISSING',
    extensions: [
      serviceOf(
        'acme',
        'type Query { "One." acmeOne: Customer } type Customer { id: ID! "A score." acmeScore: Int }',
      ),
    ],
  },
  {
    claim: 'a record of the core without its id',
    code: 'REFERENCE_WITHOUT_KEY',
    extensions: [
      serviceOf(
        'acme',
        'type Query { "One." acmeOne: Customer acmeCustomers(ids: [String!]!): [Customer] } type Customer { name: String! "A score." acmeScore: Int }',
        { Customer: { key: 'name', lookup: 'acmeCustomers(ids:)' } },
      ),
    ],
  },
  {
    claim: 'a record behind a union',
    code: 'REFERENCE_NOT_READABLE',
    extensions: acme(`${good} "One." acmeOne: AcmeAny`, {
      more: '"Any." union AcmeAny = Customer | AcmeThing "A thing." type AcmeThing { "Its key." id: ID! }',
    }),
  },
  {
    claim: 'a non-null field on a record of the core',
    code: 'NON_NULL_ON_FOREIGN_TYPE',
    extensions: acme(good, { fields: '"A score." acmeScore: Int!' }),
  },
  {
    claim: 'a field that the core has',
    code: 'INVALID_FIELD_SHARING',
    extensions: acme(good, { fields: '"Its name." foundedYear: Int "A score." acmeScore: Int' }),
  },
  {
    claim: 'a shared type that differs',
    code: 'SHARED_FIELD_MISSING',
    extensions: acme(`${good} "One." acmeOne: UserError`, {
      more: 'type UserError { message: String! code: Int }',
    }),
  },
  {
    claim: 'a type without its name',
    code: 'TYPE_NAME_PREFIX',
    extensions: acme(`${good} "One." acmeOne: Thing`, {
      more: '"A thing." type Thing { "Its key." id: ID! }',
    }),
  },
  {
    claim: 'a root field without its name',
    code: 'ROOT_FIELD_PREFIX',
    extensions: acme(`${good} "One." one: Int`),
  },
  {
    claim: 'an SDL that is not whole',
    code: 'INVALID_GRAPHQL',
    extensions: acme(`${good} "One." acmeOne: AcmeMissing`),
  },
]

describe('of a service elsewhere', () => {
  testRules(rules)
})

test('what is as it should be has no problems, and says all of it', () => {
  const whole = `
    schema { query: Query }
    scalar DateTime
    type UserError { message: String! }
    type Query { ${good}! "Since when." acmeSince: DateTime "Things." acmeThings("How many." first: Int): [AcmeThing!] }
    "A thing." type AcmeThing { "Its key." id: ID! "Whose it is." customer: Customer }
    type Customer { id: ID! "A score." acmeScore("How often." times: Int = 1): Int }`.replace(
    /directive @listSize.*\n/,
    '',
  )
  const extension = serviceOf('acme', whole, merge)
  expect(problemsOfAll([extension])).toEqual([])
  const { schema, ownership } = composeFixture({ extensions: [extension], strict: true })
  // Lookups are not public.
  expect(Object.keys(schema.getQueryType()?.getFields() ?? {})).toEqual([
    'customer',
    'customers',
    'acmeSince',
    'acmeThings',
  ])
  expect(ownership.get('Customer.acmeScore')?.name).toBe('acme')
  expect(ownership.get('Customer')?.name).toBe('customers')
})
