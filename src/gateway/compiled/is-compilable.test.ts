import { buildSchema, getOperationAST, parse } from 'graphql'
import { compileQuery, isCompiledQuery } from 'graphql-jit'
import { expect, test } from 'vitest'
import { createTestSchema } from '../testing/test-schema.ts'
import { compileOperation } from './compile-operation.ts'
import { isCompilable } from './is-compilable.ts'

const schema = createTestSchema()

function compilable(query: string): boolean {
  const document = parse(query)
  const operation = getOperationAST(document)
  return operation ? isCompilable(schema, document, operation) : false
}

test('an ordinary query is compiled', () => {
  expect(compilable('query ($name: String) { hello(name: $name) person { name friends { name } } }')).toBe(
    true,
  )
})

test('a mutation is not', () => {
  expect(compilable('mutation { step(name: 1) { name } }')).toBe(false)
})

test('nor a string literal, wherever it stands', () => {
  expect(compilable('{ hello(name: "you") }')).toBe(false)
  expect(compilable('{ ...all } fragment all on Query { hello(name: """you""") }')).toBe(false)
  expect(compilable('query ($name: String = "you") { hello(name: $name) }')).toBe(false)
})

test('since graphql-jit would run code that stands in one', () => {
  const marker = '__MAGIC_DATE__33a9e76d_02e0_4128_8e92_3530ad3da74d'
  const attack = parse(`{ hello(name: "${marker}(globalThis.breach = true)") }`)
  const compiled = compileQuery(schema, attack)
  if (isCompiledQuery(compiled)) void compiled.query({}, {}, {})
  // When this fails, graphql-jit is mended, and the rule can go.
  expect(globalThis).toHaveProperty('breach', true)
  Reflect.deleteProperty(globalThis, 'breach')

  expect(compileOperation(schema, attack, null)).toBeNull()
})

test('nor introspection, but __typename is', () => {
  expect(compilable('{ __schema { queryType { name } } }')).toBe(false)
  expect(compilable('{ person { __typename } }')).toBe(true)
})

test('nor an alias that could be taken for a path', () => {
  expect(compilable('{ friends_person: person { id } person { friends { id } } }')).toBe(false)
})

test('nor more fields than compile in no time, counted as often as fragments and types multiply them', () => {
  const fields = (count: number) => Array.from({ length: count }, (_, index) => `f${index}: hello`).join(' ')
  expect(compilable(`{ ${fields(250)} }`)).toBe(true)
  expect(compilable(`{ ${fields(251)} }`)).toBe(false)
  const spreads = Array.from({ length: 126 }, (_, index) => `p${index}: person { ...two }`).join(' ')
  expect(compilable(`{ ${spreads} } fragment two on Person { id name }`)).toBe(false)
  const nested = (depth: number): string => (depth === 0 ? 'id' : `partner { id ${nested(depth - 1)} }`)
  expect(compilable(`{ being { ${nested(4)} } }`)).toBe(true)
  expect(compilable(`{ being { ${nested(8)} } }`)).toBe(false)
})

test('nor a variable of an input type that is large or contains itself, and it is told at once', () => {
  const filters = buildSchema(`
    type Query { list(filter: Filter, page: Page): Int }
    input Page { first: Int, after: String }
    input Filter { and: [Filter!], or: [Filter!], not: Filter, name: Names }
    input Names { eq: String, in: [String!] }
  `)
  const isCompiled = (query: string) => {
    const document = parse(query)
    const operation = getOperationAST(document)
    return operation !== null && operation !== undefined && isCompilable(filters, document, operation)
  }
  expect(isCompiled('query ($page: Page) { list(page: $page) }')).toBe(true)
  expect(isCompiled('query ($filter: Filter) { list(filter: $filter) }')).toBe(false)
  expect(isCompiled('query ($name: Filter!, $page: Page) { list(filter: $name, page: $page) }')).toBe(false)
})

test('nor a variable that may leave out a field which is non-null and has a default', () => {
  const ordered = buildSchema(
    'type Query { list(order: Order): Int } input Order { field: Int!, direction: Direction! = ASC } enum Direction { ASC DESC }',
  )
  const document = parse('query ($order: Order) { list(order: $order) }')
  const operation = getOperationAST(document)
  expect(operation && isCompilable(ordered, document, operation)).toBe(false)
})

test('nor what stands under a condition and elsewhere as well', () => {
  const on = 'query ($on: Boolean!)'
  expect(compilable(`${on} { person { name @include(if: $on) id } }`)).toBe(true)
  expect(compilable(`${on} { person { name @include(if: $on) name } }`)).toBe(false)
  expect(compilable(`${on} { person { ...n @skip(if: $on) ...n } } fragment n on Person { name }`)).toBe(
    false,
  )
})

test('counting a fragment bomb takes no longer than reading it', () => {
  const levels = Array.from(
    { length: 60 },
    (_, index) => `fragment f${index} on Person { ...f${index + 1} ...f${index + 1} }`,
  )
  const start = performance.now()
  expect(compilable(`{ person { ...f0 } } ${levels.join(' ')} fragment f60 on Person { id }`)).toBe(false)
  expect(performance.now() - start).toBeLessThan(100)
})
