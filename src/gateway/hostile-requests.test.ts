import { expect, test } from 'vitest'
import { createTestGateway } from './testing/test-gateway.ts'

const megabyte = 1_048_576

const hostile = {
  'a megabyte of names': { query: `{ ${'a '.repeat(500_000)}}` },
  'a megabyte of white space': { query: `{ hello ${' '.repeat(megabyte - 100)}}`, executes: true },
  'ten thousand braces': { query: '{a'.repeat(10_000) + '}'.repeat(10_000) },
  'four thousand braces': { query: '{a'.repeat(4_000) + '}'.repeat(4_000) },
  'unclosed braces': { query: '{a'.repeat(400_000) },
  'a deep literal': { query: `{ luck(value: ${'['.repeat(2_000)}${']'.repeat(2_000)}) }` },
  'a hundred thousand duplicate fields': { query: `{ ${'hello '.repeat(100_000)}}` },
  'a thousand directives': { query: `{ hello ${'@skip(if: false) '.repeat(1_000)}}` },
  'a thousand operations': {
    query: Array.from({ length: 1_000 }, (_, index) => `query q${index} { hello }`).join(' '),
  },
  'a circle of fragments': { query: '{ ...a } fragment a on Query { ...b } fragment b on Query { ...a }' },
  'a fragment named as introspection': { query: '{ ...__schema } fragment __schema on Query { nope }' },
} satisfies Record<string, { query: string; executes?: boolean }>

test.each(Object.entries(hostile))('%s costs no more than a refusal does', async (_, { query, ...rest }) => {
  const gateway = createTestGateway()
  await gateway.query('{ hello }')
  const start = performance.now()
  const answer = await gateway.query(query)
  // Some 100 ms; what is not refused early takes minutes, or the stack.
  expect(performance.now() - start).toBeLessThan(5000)
  if ('executes' in rest) return
  expect(answer.data).toBeUndefined()
  for (const { extensions } of answer.errors) expect(extensions.code).toMatch(/^(GRAPHQL_|BAD_REQUEST)/)
})

test('an operation of a kind that the schema does not have is refused with its place', async () => {
  const { errors } = await createTestGateway().query('subscription { hello }')
  expect(errors).toMatchObject([
    {
      message: 'There is no subscription in this schema.',
      locations: [{ line: 1, column: 1 }],
      extensions: { code: 'GRAPHQL_VALIDATION_FAILED' },
    },
  ])
})

test('variables nested deeper than the stack are refused', async () => {
  const deep = '['.repeat(200_000) + ']'.repeat(200_000)
  const response = await createTestGateway().post(
    `{"query":"query ($value: Superstitious) { luck(value: $value) }","variables":{"value":${deep}}}`,
  )
  expect((await response.json()).errors).toMatchObject([
    { message: 'The variable "$value" is nested more than 100 deep.', extensions: { code: 'BAD_INPUT' } },
  ])
})

test.each([
  ['NUL', '"\\u0000"'],
  ['half a surrogate pair', '"\\ud83d"'],
])('%s in a variable is refused by name', async (_, text) => {
  const response = await createTestGateway().post(
    `{"query":"query ($name: String) { hello(name: $name) }","variables":{"name":${text}}}`,
  )
  expect((await response.json()).errors).toMatchObject([
    { message: expect.stringContaining('"$name"'), extensions: { code: 'BAD_INPUT' } },
  ])
})

test('NUL in a literal is refused with its place', async () => {
  const { errors } = await createTestGateway().query('{ hello(name: "\\u0000") }')
  expect(errors).toMatchObject([{ locations: [{ line: 1, column: 15 }], extensions: { code: 'BAD_INPUT' } }])
})

test('characters of all planes pass', async () => {
  const gateway = createTestGateway()
  expect(
    (await gateway.query('query ($name: String) { hello(name: $name) }', { name: '王 😀' })).data.hello,
  ).toBe('Hello, 王 😀!')
})
