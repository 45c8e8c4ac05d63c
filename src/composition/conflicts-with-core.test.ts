import { expect, test } from 'vitest'
import { extensionOf, problemsOfAll } from './fixtures/extension.ts'
import type { ProblemCode } from './problem-codes.ts'

interface Row {
  readonly claim: string
  readonly code: ProblemCode
  readonly second: string
}

const ofCore: readonly Row[] = [
  { claim: 'field', code: 'INVALID_FIELD_SHARING', second: 'extend type Customer { opportunities: Int }' },
  { claim: 'object type', code: 'SHARED_FIELD_MISSING', second: 'type Customer { id: ID! }' },
  { claim: 'root type', code: 'SHARED_FIELD_MISSING', second: 'type Query { acmeThing: Int }' },
  { claim: 'enum', code: 'ENUM_VALUE_MISMATCH', second: 'enum CustomerType { PROSPECT }' },
  { claim: 'enum by extend', code: 'ENUM_VALUE_MISMATCH', second: 'extend enum CustomerType { LOYAL }' },
  {
    claim: 'input',
    code: 'INPUT_FIELD_DEFAULT_MISMATCH',
    second: 'input CustomerFilter { name: String type: CustomerType }',
  },
  {
    claim: 'input by a required field',
    code: 'REQUIRED_INPUT_FIELD_MISSING_IN_SOME_SUBGRAPH',
    second: 'extend input CustomerCreateInput { tier: Int! }',
  },
  { claim: 'union', code: 'UNION_MEMBER_MISMATCH', second: 'union SearchResult = Customer' },
  { claim: 'scalar', code: 'TYPE_DEFINITION_INVALID', second: 'scalar DateTime' },
  {
    claim: 'directive',
    code: 'DIRECTIVE_DEFINITION_INVALID',
    second: 'directive @administrators on FIELD_DEFINITION',
  },
  { claim: 'kind by extend', code: 'TYPE_KIND_MISMATCH', second: 'extend input Customer { a: Int }' },
]

test.each(ofCore)("an extension may not change the core's $claim: $code names both", ({ code, second }) => {
  const problem = problemsOfAll([extensionOf('acme', second)]).find(found => found.code === code)
  expect(problem?.message).toMatch(/acme 1\.0\.0 \(elsewhere\/acme\/schema\.graphql:1:\d+\)/)
  expect(problem?.message).toMatch(
    /(core|customers|sales) 1\.4\.0 \(src\/composition\/fixtures\/core\.graphql:\d+:\d+\)/,
  )
})

test('the owner of a field is named by its module', () => {
  const [problem] = problemsOfAll([
    extensionOf('acme', 'extend type Customer { opportunities: Int }'),
  ]).filter(({ code }) => code === 'INVALID_FIELD_SHARING')
  expect(problem?.message).toMatchInlineSnapshot(
    `"acme 1.0.0 (elsewhere/acme/schema.graphql:1:24) defines Customer.opportunities, which sales 1.4.0 (src/composition/fixtures/core.graphql:21:3) owns."`,
  )
})

test.each([
  'enum CustomerType { CUSTOMER PROSPECT }',
  'type UserError { "Described otherwise." message: String! }',
])('a copy that says the same is merged: %s', copy => {
  expect(problemsOfAll([extensionOf('acme', copy)]).filter(({ severity }) => severity === 'error')).toEqual(
    [],
  )
})

test('all problems are reported at once, worst first', () => {
  const broken = extensionOf('acme', 'type Thing { a: Nowhere! } extend type Customer { score: Int! }')
  expect(problemsOfAll([broken]).map(({ code, severity }) => `${severity} ${code}`)).toMatchInlineSnapshot(`
    [
      "error TYPE_NAME_PREFIX",
      "error UNKNOWN_TYPE",
      "error FIELD_WITHOUT_BATCH",
      "error NON_NULL_ON_FOREIGN_TYPE",
      "warning DESCRIPTION_MISSING",
      "warning DESCRIPTION_MISSING",
      "warning DESCRIPTION_MISSING",
    ]
  `)
})
