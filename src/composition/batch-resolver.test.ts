import { TrellisError } from '@trellis/sdk'
import { type ExecutionResult, execute, type GraphQLSchema, parse } from 'graphql'
import { compileQuery, isCompiledQuery } from 'graphql-jit'
import { describe, expect, test, vi } from 'vitest'
import { batchOf, composeFixture, extensionOf } from './fixtures/extension.ts'

type Batch = Parameters<typeof batchOf>[0]
type Execute = (schema: GraphQLSchema, source: string, context?: object) => Promise<ExecutionResult>

const interpreted: Execute = async (schema, source, contextValue = {}) =>
  execute({ schema, document: parse(source), contextValue })

const compiled: Execute = async (schema, source, context = {}) => {
  const query = compileQuery(schema, parse(source), '')
  if (!isCompiledQuery(query)) throw new Error('does not compile')
  return query.query(undefined, context, {})
}

/** The core, `Customer.score(of:)` answered by `batch`, and `Customer.mood` of another extension. */
const schemaWith = (batch: Batch, requires?: readonly string[]): GraphQLSchema => {
  const sdl = 'extend type Customer { score(of: String, and: [Int]): Int }'
  const acme = extensionOf('acme', sdl, {
    scopes: ['customer:read'],
    fields: { Customer: { score: batchOf(batch, requires) } },
  })
  const other = extensionOf('other', 'extend type Customer { mood: String }', {
    fields: { Customer: { mood: batchOf(parents => parents.map(() => 'good')) } },
  })
  return composeFixture({ extensions: [acme, other], strict: true }).schema
}

describe.each([
  ['graphql-js', interpreted],
  ['graphql-jit', compiled],
])('under %s', (_, run) => {
  test('a hundred parents cost one call, which sees what it requires and nothing else', async () => {
    const batch = vi.fn<Batch>(parents => parents.map(({ foundedYear }) => foundedYear))
    const { data, errors } = await run(
      schemaWith(batch, ['id', 'foundedYear']),
      '{ customers(first: 100) { score } }',
    )
    expect(errors).toBeUndefined()
    expect(data?.['customers']).toHaveLength(100)
    expect(data?.['customers']).toContainEqual({ score: 1999 })
    expect(batch).toHaveBeenCalledTimes(1)
    expect(batch.mock.calls[0]?.[0]).toHaveLength(100)
    expect(batch.mock.calls[0]?.[0][0]).toEqual({ id: 'cus_0', foundedYear: 1900 })
  })

  test('aliases with equal arguments share a call, other arguments have their own', async () => {
    const batch = vi.fn<Batch>((parents, args) => parents.map(() => JSON.stringify(args).length))
    const source = `{ customers(first: 3) {
      a: score b: score c: score(of: "x", and: [1, 2]) d: score(and: [1, 2], of: "x") e: score(and: [2, 1], of: "x")
    } }`
    const { errors } = await run(schemaWith(batch), source)
    expect(errors).toBeUndefined()
    expect(batch.mock.calls.map(([parents]) => parents.length)).toEqual([3, 3, 3])
  })

  test('two requests share nothing', async () => {
    const batch = vi.fn<Batch>((parents, _args, context) =>
      parents.map(() => Number(Reflect.get(context, 'viewer'))),
    )
    const schema = schemaWith(batch)
    const source = '{ customers(first: 1) { score } }'
    const answers = await Promise.all([
      run(schema, source, { viewer: 1 }),
      run(schema, source, { viewer: 2 }),
    ])
    expect(answers.map(({ data }) => data)).toEqual([
      { customers: [{ score: 1 }] },
      { customers: [{ score: 2 }] },
    ])
  })

  test.each<[claim: string, batch: Batch, message: string]>([
    [
      'throws',
      () => {
        throw new Error('secret')
      },
      'failed to answer Customer.score.',
    ],
    ['rejects', async () => Promise.reject(new Error('secret')), 'failed to answer Customer.score.'],
    [
      'throws a text',
      () => {
        throw 'secret'
      },
      'failed to answer Customer.score.',
    ],
    [
      'throws null',
      () => {
        throw null
      },
      'failed to answer Customer.score.',
    ],
    [
      'answers nothing',
      () => undefined,
      'batch was given 2 parents and answered undefined, which is not a list',
    ],
    ['answers a text', () => 'ab', 'batch was given 2 parents and answered string, which is not a list'],
    [
      'answers values of another type',
      () => ['secret', {}],
      'it answered a value that its type does not take.',
    ],
    [
      'answers short',
      () => [1],
      'batch was given 2 parents and answered 1 items; it has to answer one item a parent',
    ],
    ['answers long', () => [1, 2, 3], 'batch was given 2 parents and answered 3 items'],
    [
      'answers promises that reject',
      parents => parents.map(async () => Promise.reject(new Error('secret'))),
      'failed',
    ],
  ])('an extension that %s costs its own fields only', async (_claim, batch, message) => {
    const { data, errors } = await run(schemaWith(batch), '{ customers(first: 2) { name score mood } }')
    expect(data).toEqual({
      customers: [
        { name: 'Acme', score: null, mood: 'good' },
        { name: 'Initech', score: null, mood: 'good' },
      ],
    })
    expect(errors).toHaveLength(2)
    for (const [index, error] of (errors ?? []).entries()) {
      expect(error.message).toContain('The extension acme failed to answer Customer.score')
      expect(error.message).toContain(message)
      expect(error.message).not.toContain('secret')
      expect(error.path).toEqual(['customers', index, 'score'])
      expect(error.extensions).toEqual({ code: 'EXTENSION_FAILED', extension: 'acme', retryable: false })
      expect(error.originalError).toHaveProperty('cause')
    }
  })

  test('an error among the items costs that item only, and a refusal keeps its code', async () => {
    const batch: Batch = () => [1, new Error('secret'), new TrellisError('FORBIDDEN', 'Not yours.'), null]
    const { data, errors } = await run(schemaWith(batch), '{ customers(first: 4) { score } }')
    expect(data).toEqual({ customers: [{ score: 1 }, { score: null }, { score: null }, { score: null }] })
    expect(errors?.map(({ message, extensions }) => ({ message, ...extensions }))).toEqual([
      {
        message: 'The extension acme failed to answer Customer.score.',
        code: 'EXTENSION_FAILED',
        extension: 'acme',
        retryable: false,
      },
      { message: 'Not yours.', code: 'FORBIDDEN', extension: 'acme' },
    ])
  })

  test('a later level asks again: what was answered may have changed', async () => {
    let calls = 0
    const batch: Batch = parents => {
      calls += 1
      return parents.map(() => calls)
    }
    const schema = schemaWith(batch)
    const context = {}
    await run(schema, '{ customer(id: "cus_1") { score } }', context)
    const { data } = await run(schema, '{ customer(id: "cus_1") { score } }', context)
    expect(data).toEqual({ customer: { score: 2 } })
  })
})
