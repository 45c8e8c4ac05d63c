import type { Extension } from '@trellis/sdk'
import { expect, test } from 'vitest'
import { extensionOf, problemsOfAll } from './fixtures/extension.ts'
import type { ProblemCode } from './problem-codes.ts'

/** Both may call types `Acme…`, so that both may define one: whoever comes first in order owns it. */
const pair = (first: string, second: string): readonly Extension[] => [
  extensionOf('acme', first),
  extensionOf('acme-plus', second, { dependsOn: { acme: '^1.0.0' } }),
]

const text = {
  Int: 'Int',
  '[Int!]': '[Int!] @listSize(assumedSize: 3)',
  '[[Int]]': '[[Int]] @listSize(assumedSize: 3)',
  '[Int]': '[Int] @listSize(assumedSize: 3)',
}

const object = (fields: string, rest = ''): string => `type AcmeThing ${rest} { ${fields} }`
const input = (fields: string, rest = ''): string => `input AcmeThing ${rest} { ${fields} }`
const directive = (rest: string): string => `directive @acmeMark${rest}`

interface Row {
  readonly claim: string
  readonly code: ProblemCode
  readonly first: string
  readonly second: string
}

const rows: readonly Row[] = [
  { claim: 'kinds', code: 'TYPE_KIND_MISMATCH', first: object('a: Int'), second: input('a: Int') },
  {
    claim: 'enum and scalar',
    code: 'TYPE_KIND_MISMATCH',
    first: 'enum AcmeThing { A }',
    second: 'scalar AcmeThing',
  },
  { claim: 'field types', code: 'FIELD_TYPE_MISMATCH', first: object('a: Int'), second: object('a: Float') },
  {
    claim: 'outer nullability',
    code: 'FIELD_TYPE_MISMATCH',
    first: object('a: Int'),
    second: object('a: Int!'),
  },
  {
    claim: 'inner nullability',
    code: 'FIELD_TYPE_MISMATCH',
    first: object(`a: ${text['[Int]']}`),
    second: object(`a: ${text['[Int!]']}`),
  },
  {
    claim: 'list depth',
    code: 'FIELD_TYPE_MISMATCH',
    first: object(`a: ${text['[Int]']}`),
    second: object(`a: ${text['[[Int]]']}`),
  },
  {
    claim: 'a missing field',
    code: 'SHARED_FIELD_MISSING',
    first: object('a: Int b: Int'),
    second: object('a: Int'),
  },
  {
    claim: 'a further field',
    code: 'SHARED_FIELD_MISSING',
    first: object('a: Int'),
    second: object('a: Int b: Int'),
  },
  {
    claim: 'argument types',
    code: 'FIELD_ARGUMENT_TYPE_MISMATCH',
    first: object('a(x: Int): Int'),
    second: object('a(x: ID): Int'),
  },
  {
    claim: 'argument nullability',
    code: 'FIELD_ARGUMENT_TYPE_MISMATCH',
    first: object('a(x: [Int]): Int'),
    second: object('a(x: [Int!]): Int'),
  },
  {
    claim: 'argument defaults',
    code: 'FIELD_ARGUMENT_DEFAULT_MISMATCH',
    first: object('a(x: Int = 1): Int'),
    second: object('a(x: Int = 2): Int'),
  },
  {
    claim: 'an argument without default',
    code: 'FIELD_ARGUMENT_DEFAULT_MISMATCH',
    first: object('a(x: Int = 1): Int'),
    second: object('a(x: Int): Int'),
  },
  {
    claim: 'a missing argument',
    code: 'FIELD_ARGUMENT_MISSING',
    first: object('a(x: Int): Int'),
    second: object('a: Int'),
  },
  {
    claim: 'a missing required argument',
    code: 'REQUIRED_ARGUMENT_MISSING_IN_SOME_SUBGRAPH',
    first: object('a: Int'),
    second: object('a(x: Int!): Int'),
  },
  {
    claim: 'interfaces of a type',
    code: 'INTERFACE_MISMATCH',
    first: object('id: ID!', 'implements Node'),
    second: object('id: ID!'),
  },
  {
    claim: 'fields of an interface',
    code: 'FIELD_TYPE_MISMATCH',
    first: 'interface AcmeThing { a: Int }',
    second: 'interface AcmeThing { a: ID }',
  },
  {
    claim: 'a missing enum value',
    code: 'ENUM_VALUE_MISMATCH',
    first: 'enum AcmeThing { A B }',
    second: 'enum AcmeThing { A }',
  },
  {
    claim: 'a further enum value',
    code: 'ENUM_VALUE_MISMATCH',
    first: 'enum AcmeThing { A }',
    second: 'enum AcmeThing { A B }',
  },
  {
    claim: 'no common enum value',
    code: 'EMPTY_MERGED_ENUM_TYPE',
    first: 'enum AcmeThing { A }',
    second: 'enum AcmeThing { B }',
  },
  {
    claim: 'input field types',
    code: 'FIELD_TYPE_MISMATCH',
    first: input('a: Int'),
    second: input('a: [Int]'),
  },
  {
    claim: 'input field defaults',
    code: 'INPUT_FIELD_DEFAULT_MISMATCH',
    first: input('a: Int = 1'),
    second: input('a: Int = 2'),
  },
  {
    claim: 'an optional input field',
    code: 'INPUT_FIELD_MISSING',
    first: input('a: Int b: Int'),
    second: input('a: Int'),
  },
  {
    claim: 'a required input field',
    code: 'REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH',
    first: input('a: Int'),
    second: input('a: Int b: Int!'),
  },
  {
    claim: 'no common input field',
    code: 'EMPTY_MERGED_INPUT_TYPE',
    first: input('a: Int'),
    second: input('b: Int'),
  },
  {
    claim: 'one-of inputs',
    code: 'INPUT_ONE_OF_MISMATCH',
    first: input('a: Int', '@oneOf'),
    second: input('a: Int'),
  },
  {
    claim: 'union members',
    code: 'UNION_MEMBER_MISMATCH',
    first: 'union AcmeThing = Customer | Opportunity',
    second: 'union AcmeThing = Customer',
  },
  {
    claim: 'specifications of a scalar',
    code: 'SCALAR_SPECIFIED_BY_MISMATCH',
    first: 'scalar AcmeThing @specifiedBy(url: "https://a.example")',
    second: 'scalar AcmeThing',
  },
  {
    claim: 'arguments of a directive',
    code: 'FIELD_ARGUMENT_TYPE_MISMATCH',
    first: directive('(x: Int) on FIELD'),
    second: directive('(x: ID) on FIELD'),
  },
  {
    claim: 'defaults of a directive',
    code: 'FIELD_ARGUMENT_DEFAULT_MISMATCH',
    first: directive('(x: Int = 1) on FIELD'),
    second: directive('(x: Int) on FIELD'),
  },
  {
    claim: 'places of a directive',
    code: 'DIRECTIVE_LOCATIONS_MISMATCH',
    first: directive(' on FIELD'),
    second: directive(' on QUERY'),
  },
  {
    claim: 'repeatable directives',
    code: 'DIRECTIVE_REPEATABLE_MISMATCH',
    first: directive(' on FIELD'),
    second: directive(' repeatable on FIELD'),
  },
  {
    claim: 'root queries',
    code: 'INVALID_FIELD_SHARING',
    first: 'extend type Query { acmePlus: Int }',
    second: 'extend type Query { acmePlus: Int }',
  },
  {
    claim: 'root mutations',
    code: 'INVALID_FIELD_SHARING',
    first: 'extend type Mutation { acmePlus: Int }',
    second: 'extend type Mutation { acmePlus: Int }',
  },
  {
    claim: 'root subscriptions',
    code: 'INVALID_FIELD_SHARING',
    first: 'extend type Subscription { acmePlus: Int }',
    second: 'extend type Subscription { acmePlus: Int }',
  },
  {
    claim: 'fields of core types',
    code: 'INVALID_FIELD_SHARING',
    first: 'extend type Customer { score: Int }',
    second: 'extend type Customer { score: Int }',
  },
  {
    claim: 'fields of inputs',
    code: 'INVALID_FIELD_SHARING',
    first: 'extend input CustomerFilter { score: Int }',
    second: 'extend input CustomerFilter { score: Int }',
  },
]

test.each(rows)(
  'two extensions may not differ in $claim: $code names both, with file and line',
  ({ code, first, second }) => {
    const problem = problemsOfAll(pair(`\n${first}`, `\n\n${second}`)).find(found => found.code === code)
    expect(problem).toMatchObject({ code, severity: 'error' })
    expect(problem?.message).toMatch(/acme 1\.0\.0 \(elsewhere\/acme\/schema\.graphql:2:\d+\)/)
    expect(problem?.message).toMatch(/acme-plus 1\.0\.0 \(elsewhere\/acme-plus\/schema\.graphql:3:\d+\)/)
    expect(problem?.extensions.map(({ name }) => name).toSorted()).toEqual(['acme', 'acme-plus'])
    expect(problem?.fix).not.toBe('')
  },
)
