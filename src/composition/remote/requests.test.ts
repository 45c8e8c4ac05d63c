import type { Context } from '@trellis/sdk'
import { describe, expect, test } from 'vitest'
import { coreFixture } from '../fixtures/core.ts'
import { batchOf, composeFixture, extensionOf } from '../fixtures/extension.ts'
import {
  coreWithLevels,
  coreWithLoader,
  executors,
  reviews,
  reviewsResolvers,
  reviewsSdl,
  schemaWithReviews,
  viewers,
} from '../fixtures/reviews.ts'
import { type NotedTransport, serviceOf, serviceTransport } from '../fixtures/service.ts'

const transport = (): NotedTransport => serviceTransport(reviewsSdl, reviewsResolvers)
const keysOf = ({ calls }: NotedTransport): unknown[] => calls.map(({ variables }) => variables)

describe.each(executors)('under %s', (_executor, run) => {
  test.each([
    ['read together', coreWithLevels, 1000],
    ['read apart', coreFixture, 100],
  ])('a hundred customers %s cost one request, and a thousand too', async (_how, core, most) => {
    for (const count of [100, most]) {
      const service = transport()
      const { data, errors } = await run(
        schemaWithReviews(service, core()),
        `{ customers(first: ${count}) { id reviewsScore } }`,
      )
      expect(errors).toBeUndefined()
      expect(data?.['customers']).toHaveLength(count)
      expect(data?.['customers']).toContainEqual({ id: 'cus_99', reviewsScore: 9.9 })
      expect(service.calls).toHaveLength(1)
      expect(service.calls[0]?.variables['_0']).toHaveLength(count)
    }
  })

  test('two fields, aliases with other arguments and a root field are one request', async () => {
    const service = transport()
    const source =
      '{ reviewsTop(first: 1) { rating } customers(first: 3) { reviewsScore a: reviewsLatest(first: 1) { id } b: reviewsLatest { id } } }'
    const { data, errors } = await run(schemaWithReviews(service, coreWithLevels()), source)
    expect(errors).toBeUndefined()
    expect(data?.['reviewsTop']).toEqual([{ rating: 1 }])
    expect(data?.['customers']).toContainEqual({
      reviewsScore: 0.2,
      a: [{ id: 'cus_2-0' }],
      b: [{ id: 'cus_2-0' }, { id: 'cus_2-1' }],
    })
    expect(service.calls.map(({ document }) => document)).toMatchInlineSnapshot(`
      [
        "query($_1:[ID!]!){_0:reviewsTop(first:1){rating}_1:reviewsCustomers(ids:$_1){__typename _key_id:id reviewsScore a:reviewsLatest(first:1){id}b:reviewsLatest{id}}}",
      ]
    `)
  })

  test('records of one level that were read apart are gathered, whatever field asks', async () => {
    const service = transport()
    const { errors } = await run(
      schemaWithReviews(service),
      '{ customers(first: 3) { reviewsScore reviewsLatest { id } } one: customer(id: "cus_7") { reviewsScore } }',
    )
    expect(errors).toBeUndefined()
    expect(service.calls).toHaveLength(1)
  })

  test('a level below the service is one request more, and the records between are read once, with their rights', async () => {
    const { core, reads } = coreWithLoader()
    const service = transport()
    const context = {}
    viewers.set(context, id => id !== 'cus_1')
    const { data, errors } = await run(
      schemaWithReviews(service, core),
      '{ customers(first: 3) { reviewsLatest { customer { id name reviewsScore } } } }',
      context,
    )
    expect(errors).toBeUndefined()
    expect(data?.['customers']).toEqual([
      {
        reviewsLatest: [
          { customer: { id: 'cus_0', name: 'record cus_0', reviewsScore: 0 } },
          { customer: null },
        ],
      },
      {
        reviewsLatest: [
          { customer: null },
          { customer: { id: 'cus_2', name: 'record cus_2', reviewsScore: 0.2 } },
        ],
      },
      {
        reviewsLatest: [
          { customer: { id: 'cus_2', name: 'record cus_2', reviewsScore: 0.2 } },
          { customer: { id: 'cus_3', name: 'record cus_3', reviewsScore: 0.3 } },
        ],
      },
    ])
    expect(reads).toEqual([['cus_0', 'cus_1', 'cus_2', 'cus_3']])
    // What the viewer may not see never leaves.
    expect(keysOf(service)).toEqual([
      { _0: ['cus_0', 'cus_1', 'cus_2'] },
      { _0: ['cus_0', 'cus_2', 'cus_3'] },
    ])
  })

  test('records that the viewer may not read the key of are not asked for', async () => {
    const core = coreFixture()
    const customers = () => [{ id: null, name: 'hidden' }]
    const resolvers = { ...core.resolvers, Query: { customers, customer: () => null } }
    const service = transport()
    const { data, errors } = await run(
      schemaWithReviews(service, { ...core, resolvers }),
      '{ customers { name reviewsScore } }',
    )
    expect(errors).toBeUndefined()
    expect(data).toEqual({ customers: [{ name: 'hidden', reviewsScore: null }] })
    expect(service.calls).toEqual([])
  })

  test('what an operation does not ask is not asked', async () => {
    const service = transport()
    await run(schemaWithReviews(service), '{ customers { name } }')
    expect(service.calls).toEqual([])
  })

  test('two requests share nothing: neither a call nor an answer', async () => {
    const service = transport()
    const seen: Context[] = []
    const noting = {
      ...service,
      execute: (operation: Parameters<typeof service.execute>[0], context: Context) => {
        seen.push(context)
        return service.execute(operation, context)
      },
    }
    const schema = schemaWithReviews(noting)
    const source = '{ customers(first: 2) { reviewsScore } }'
    const contexts = Array.from({ length: 50 }, () => ({}))
    const answers = await Promise.all(contexts.map(context => run(schema, source, context)))
    expect(answers.every(({ errors }) => errors === undefined)).toBe(true)
    expect(new Set(seen)).toEqual(new Set(contexts))
    expect(seen).toHaveLength(50)
  })

  test('a field of another service on a type of this one is one request more; so is a batch field', async () => {
    const moodsSdl = /* GraphQL */ `
      type Query { moodsReviews(ids: [ID!]!): [ReviewsReview] }
      type ReviewsReview { id: ID! "Its mood." mood: String }
    `
    const moods = {
      ...serviceOf('moods', moodsSdl, { ReviewsReview: { key: 'id', lookup: 'moodsReviews(ids:)' } }),
      dependsOn: { reviews: '^1.0.0' },
    }
    const lengths = extensionOf('lengths', 'extend type ReviewsReview { "Its length." length: Int }', {
      dependsOn: { reviews: '^1.0.0' },
      fields: {
        ReviewsReview: {
          length: batchOf(parents => parents.map(({ body }) => String(body).length), ['body']),
        },
      },
    })
    const services = {
      reviews: transport(),
      moods: serviceTransport(moodsSdl, {
        Query: {
          moodsReviews: (_: unknown, { ids }: { readonly ids: readonly string[] }) =>
            ids.map(id => ({ id, mood: `mood of ${id}` })),
        },
      }),
    }
    const { schema } = composeFixture({
      extensions: [reviews, moods, lengths],
      strict: true,
      callOf: ({ name }) => (name === 'moods' ? services.moods : services.reviews),
    })
    const { data, errors } = await run(
      schema,
      '{ customers(first: 2) { reviewsLatest(first: 1) { id: body mood length answers(first: 1) { mood } } } }',
    )
    expect(errors).toBeUndefined()
    expect(data?.['customers']).toContainEqual({
      reviewsLatest: [
        {
          id: 'Good.',
          mood: 'mood of cus_1-0',
          length: 5,
          answers: [{ mood: expect.stringMatching(/^mood of/) }],
        },
      ],
    })
    expect(services.reviews.calls).toHaveLength(1)
    expect(services.moods.calls).toHaveLength(1)
  })
})
