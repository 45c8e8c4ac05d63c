import { type ExecutionResult, parse, validate } from 'graphql'
import { expect, test } from 'vitest'
import { createTestSchema } from '../testing/test-schema.ts'
import { compileOperation } from './compile-operation.ts'
import { interpretOperation } from './interpret-operation.ts'

const schema = createTestSchema()

/** What clients see of a result before masking, errors in the order of their paths. */
const visible = ({ data, errors = [] }: ExecutionResult) => ({
  data: JSON.parse(JSON.stringify(data ?? null)),
  errors: errors
    .map(({ message, path, locations }) => ({ message, path, locations }))
    .toSorted((one, other) => JSON.stringify(one.path).localeCompare(JSON.stringify(other.path))),
})

const cases: Readonly<
  Record<string, { readonly query: string; readonly variables?: Readonly<Record<string, unknown>> }>
> = {
  'a null in a non-null field removes its parent': {
    query: '{ person { name friends { name age } } hello }',
  },
  'a null in a non-null root field removes everything': { query: '{ hello failStrictly }' },
  'a null in a list of lists of non-null numbers removes the inner list': { query: '{ person { numbers } }' },
  'a list of lists': { query: '{ person { id numbers } }' },
  'an interface': { query: '{ being(kind: PERSON) { __typename id name partner { id __typename } } }' },
  'fragments on an interface': {
    query:
      '{ being(kind: ROBOT) { ...facts ... on Person { age } ... on Robot { serial friends(first: 1) { name } } } } fragment facts on Being { id name }',
  },
  'a union': {
    query: '{ things { __typename ... on Person { name } ... on Robot { label: name serial } } }',
  },
  'an abstract null': { query: '{ being(kind: NOBODY) { id } }' },
  'aliases with different arguments': {
    query:
      '{ first: sum(range: { to: 2 }) second: sum(range: { from: 5, to: 6 }) person { them: friends { id } friends { name } } }',
  },
  'defaults of arguments, input fields and variables': {
    query: 'query ($to: Int! = 7, $from: Int) { sum(range: { from: $from, to: $to }) hello }',
  },
  'defaults of input fields and lists of one in a variable': {
    query: 'query ($range: Range!, $ranges: [Range!]) { sum(range: $range) total(ranges: $ranges) }',
    variables: { range: { to: 3 }, ranges: { to: 4 } },
  },
  'a variable that is not given, in an argument and in an input field with defaults': {
    query: 'query ($name: String, $from: Int) { hello(name: $name) sum(range: { from: $from, to: 1 }) }',
  },
  'an explicit null': {
    query: 'query ($name: String, $kind: Kind = ROBOT) { hello(name: $name) being(kind: $kind) { id } }',
    variables: { name: null, kind: null },
  },
  'a null for a non-null argument, which validation cannot see': {
    query: 'query ($value: Int = 1) { need(value: $value) hello }',
    variables: { value: null },
  },
  'an error of a resolver': { query: '{ fail(how: BUG) hello }' },
  'an error among the items of a list': { query: '{ list(failAt: 1) hello }' },
  'an error among the items of a list of non-null items': { query: '{ strictList(failAt: 1) hello }' },
  'a promise among the items of a list that is rejected late': { query: '{ unruly }' },
  'a custom scalar that refuses on its way out': { query: '{ luck hello }' },
  'a property that is a promise': { query: '{ promised { id } }' },
  '@skip and @include with variables': {
    query:
      'query ($yes: Boolean!, $no: Boolean!) { a: hello @include(if: $yes) b: hello @include(if: $no) c: hello @skip(if: $yes) ... @include(if: $no) { person { id } } }',
    variables: { yes: true, no: false },
  },
  'a condition around a condition': {
    query:
      'query ($yes: Boolean!, $no: Boolean!) { ... @include(if: $yes) { person { id ... @skip(if: $no) { name @skip(if: $no) age @include(if: $no) } } } }',
    variables: { yes: true, no: false },
  },
}

test.each(Object.entries(cases))(
  'compiled and interpreted answer alike: %s',
  async (_, { query, variables = {} }) => {
    const document = parse(query)
    expect(validate(schema, document)).toEqual([])
    const args = { schema, document, variableValues: variables, contextValue: {} }

    const compiled = compileOperation(schema, document, null)

    expect(compiled).not.toBeNull()
    expect(visible(await compiled!(args))).toEqual(visible(await interpretOperation(args)))
  },
)
