import { spawnSync } from 'node:child_process'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { remoteExtension } from '@trellis/sdk'
import { buildSchema, execute, parse, validate } from 'graphql'
import { describe, expect, test } from 'vitest'
import { compareSchemas, createRemoteExecutor, type RemoteCall } from '../../src/remote/index.ts'
import { startService } from '../remote/start-service.ts'

const secret = `whsec_${Buffer.alloc(32, 'p').toString('base64')}`
const hasPython = spawnSync('python3', ['--version']).status === 0

async function start(key = secret) {
  const service = await startService('python3', ['-B', join(import.meta.dirname, 'main.py')], {
    CREDIT_RATING_SECRET: secret,
    PORT: '0',
  })
  const { remote } = remoteExtension({
    name: 'credit-rating',
    version: '1.0.0',
    url: service.url,
    schema: './schema.graphql',
    merge: { Customer: { key: 'id', lookup: 'creditRatingCustomers(ids:)' } },
    secret: key,
    timeoutMs: 10_000,
  })
  if (remote === undefined) throw new Error('It is not remote.')
  const executor = createRemoteExecutor({ name: 'credit-rating', remote })
  return {
    executor,
    [Symbol.asyncDispose]: async () => {
      await executor.close()
      await service[Symbol.asyncDispose]()
    },
  }
}

const call = (
  document: string,
  variables: Record<string, unknown> = {},
  operationName?: string,
): RemoteCall => ({
  document,
  variables,
  operationName,
  operationType: 'query',
  viewer: { id: 'usr_1', role: 'AGENT' },
  requestId: 'req-1',
})

describe.skipIf(!hasPython)('a service of Python’s standard library (needs python3)', () => {
  test('customers are rated, in the order of the ids, null for the unknown', async () => {
    await using service = await start()
    const document = `query ($ids: [ID!]!) {
      creditRatingCustomers(ids: $ids) { id creditRating { grade score limit yuan: limit(currency: "CNY") } }
    }`
    const { data, errors } = await service.executor.execute(
      call(document, { ids: ['cus_b', 'other', 'cus_a'] }),
    )
    expect(errors).toBeUndefined()
    expect(data).toMatchInlineSnapshot(`
      {
        "creditRatingCustomers": [
          {
            "creditRating": {
              "grade": "BBB",
              "limit": "335000.00",
              "score": 635,
              "yuan": "335000.00",
            },
            "id": "cus_b",
          },
          null,
          {
            "creditRating": {
              "grade": "BBB",
              "limit": "323000.00",
              "score": 623,
              "yuan": "323000.00",
            },
            "id": "cus_a",
          },
        ],
      }
    `)
  })

  test('whatever a gateway may write is understood: names, aliases, fragments, directives, defaults, all values', async () => {
    await using service = await start()
    const document = `
      # A comment, with "quotes" and { braces }.
      query Other { __typename }
      query Mine($ids: [ID!]! = ["cus_a"], $one: ID = "cus_a", $yes: Boolean!, $no: Boolean = false, $currency: String!) {
        __typename
        _0_rated: creditRatingCustomers(ids: $ids) { ...Rated ... on Customer { kind: __typename } ... on Unknown { id } }
        _1_rated: creditRatingCustomers(ids: [$one, "cus_a", "\\u0063us_b"]) { id }
        single: creditRatingCustomers(ids: "cus_a") { id }
        skipped: creditRatingScale @skip(if: $yes)
        kept: creditRatingScale(first: 2,,) @include(if: $yes) @skip(if: $no)
      }
      fragment Rated on Customer { creditRating { ...Limits } ... @include(if: $yes) { creditRating { grade } } }
      fragment Limits on CreditRating { limit(currency: $currency) grade }
    `
    const answered = await service.executor.execute(call(document, { yes: true, currency: 'EUR' }, 'Mine'))
    expect(answered).toMatchInlineSnapshot(`
      {
        "data": {
          "_0_rated": [
            {
              "creditRating": {
                "grade": "BBB",
                "limit": "41410.26",
              },
              "kind": "Customer",
            },
          ],
          "_1_rated": [
            {
              "id": "cus_a",
            },
            {
              "id": "cus_a",
            },
            {
              "id": "cus_b",
            },
          ],
          "__typename": "Query",
          "kept": [
            "AAA",
            "BBB",
          ],
          "single": [
            {
              "id": "cus_a",
            },
          ],
        },
      }
    `)
  })

  test('a field that has no value is null, with an error of its own', async () => {
    await using service = await start()
    const document =
      '{ creditRatingCustomers(ids: ["cus_a"]) { creditRating { score usd: limit(currency: "XXX") } } }'
    const { data, errors } = await service.executor.execute(call(document))
    expect(data).toEqual({ creditRatingCustomers: [{ creditRating: { score: 623, usd: null } }] })
    expect(errors?.map(error => error.toJSON())).toEqual([
      {
        message: 'currency is XXX; CNY, EUR, USD are known.',
        path: ['creditRatingCustomers', 0, 'creditRating', 'usd'],
      },
    ])
  })

  const refusals: readonly (readonly [document: string, message: string])[] = [
    ['{ creditRatingCustomers(ids: [', "Syntax error: expected a value, found 'the end'."],
    ['{ nothing }', 'There is no field Query.nothing.'],
    ['{ creditRatingScale(last: 1) }', 'Query.creditRatingScale has no argument last.'],
    ['{ creditRatingScale(first: "1") }', "Query.creditRatingScale(first:) wants an Int, not '1'."],
    ['{ creditRatingCustomers(ids: null) { id } }', 'Query.creditRatingCustomers wants the argument ids.'],
    ['query ($ids: [ID!]!) { creditRatingCustomers(ids: $ids) { id } }', 'The variable $ids is wanted.'],
    ['{ creditRatingCustomers(ids: []) }', 'Query.creditRatingCustomers wants fields below it.'],
    ['{ creditRatingScale { id } }', 'Query.creditRatingScale has no fields below it.'],
    [
      '{ a: creditRatingScale(first: 1) a: creditRatingScale }',
      'a is asked for twice, as different fields; give one an alias.',
    ],
    ['{ ...F } fragment F on Query { ...F }', 'The fragment F contains itself.'],
    ['{ ...F }', 'There is no fragment F.'],
    [
      'query A { __typename } query B { __typename }',
      'operationName names no operation, or one of several is wanted.',
    ],
    ['mutation { pay }', 'There is no mutation here, queries only.'],
    ['{ __schema { types { name } } }', 'There is no introspection here; ask { _service { sdl } }.'],
    [`{ a ${'{ a '.repeat(5000)}`, 'Syntax error: nested more than 50 deep.'],
    [`query ($a: ${'['.repeat(5000)}Int) { a }`, "Syntax error: expected ']', found ')'."],
    ['{ creditRatingScale(first: 1.) }', "Syntax error: unexpected character '.' at 28."],
  ]

  test('what it does not support is said', async () => {
    await using service = await start()
    for (const [document, message] of refusals) {
      const { data, errors } = await service.executor.execute(call(document))
      const messages = errors?.map(error => error.message)
      expect({ document, data, messages }).toEqual({ document, data: undefined, messages: [message] })
    }
  })

  test('it refuses what another signed', async () => {
    await using service = await start(`whsec_${Buffer.alloc(32, 'x').toString('base64')}`)
    const { errors } = await service.executor.execute(call('{ __typename }'))
    expect(errors?.map(({ message }) => message)).toEqual([
      'The signature of the gateway is missing, too old or wrong.',
    ])
  })

  test('its schema is the pinned one, told by _service', async () => {
    await using service = await start()
    const pinned = await readFile(join(import.meta.dirname, 'schema.graphql'), 'utf8')
    expect(compareSchemas(pinned, await service.executor.introspect({ from: 'service' }))).toEqual({
      breaking: [],
      other: [],
    })
  })

  test('its answers fit the schema: what graphql-js makes of them is the same', async () => {
    await using service = await start()
    const schema = buildSchema(await readFile(join(import.meta.dirname, 'schema.graphql'), 'utf8'))
    const document = `{
      creditRatingScale
      creditRatingCustomers(ids: ["cus_a", "x", "cus_c"]) { __typename id creditRating { __typename grade score limit } }
    }`
    const { data } = await service.executor.execute(call(document))
    expect(validate(schema, parse(document))).toEqual([])
    const again = await execute({ schema, document: parse(document), rootValue: data })
    expect(JSON.parse(JSON.stringify(again))).toEqual({ data })
  })

  test('a hundred calls at once are all answered, each with its own', async () => {
    await using service = await start()
    const ids = Array.from({ length: 100 }, (_, number) => `cus_${number}`)
    const answers = await Promise.all(
      ids.map(id =>
        service.executor.execute(
          call('query ($ids: [ID!]!) { creditRatingCustomers(ids: $ids) { id } }', { ids: [id] }),
        ),
      ),
    )
    expect(answers).toEqual(ids.map(id => ({ data: { creditRatingCustomers: [{ id }] } })))
  })
})
