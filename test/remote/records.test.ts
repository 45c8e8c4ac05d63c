import { createTestGateway, fieldsAt, type TestGateway, valueAt } from '@trellis/testing'
import { GraphQLError } from 'graphql'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { serviceOf, serviceTransport } from '../../src/composition/fixtures/service.ts'

const sdl = /* GraphQL */ `
  scalar DateTime
  "A review." type ReviewsReview { "Its key." id: ID! "Of whom." customer: Customer "When." at: DateTime }
  "What came of it." type ReviewsPayload { "What was written." review: ReviewsReview "What was wrong." userErrors: [UserError!]! }
  "What is written." input ReviewsInput { "Of whom." customerId: ID! "What it says." body: String! }
  type UserError { code: String! message: String! path: [String!]! }
  type Query {
    reviewsCustomers(ids: [ID!]!): [Customer]
    "The best." reviewsTop("How many." first: Int = 3): [ReviewsReview!]
  }
  type Mutation { "Writes one." reviewsWrite("What." input: ReviewsInput!): ReviewsPayload }
  type Customer {
    id: ID!
    "The mean of all ratings." reviewsScore: Float
    "What was written." reviewsLatest("How many." first: Int = 2): [ReviewsReview!]
  }
`
let ids: readonly string[] = []
let isWritten = 0
const review = (id: string) => ({ id: `of ${id}`, customer: { id }, at: '2026-03-01T09:30:00Z' })
const transport = serviceTransport(sdl, {
  Query: {
    reviewsCustomers: (_: unknown, args: { readonly ids: readonly string[] }) => args.ids.map(id => ({ id })),
    reviewsTop: (_: unknown, { first }: { readonly first: number }) => {
      if (first > 0) return ids.slice(0, first).map(review)
      if (first < 0) throw new Error('secret')
      throw new GraphQLError('There are no reviews on Sundays.', { extensions: { code: 'REVIEWS_CLOSED' } })
    },
  },
  Mutation: {
    reviewsWrite: (_: unknown, { input }: { readonly input: { readonly customerId: string } }) => {
      isWritten += 1
      return { review: review(input.customerId), userErrors: [] }
    },
  },
  Customer: {
    reviewsScore: () => 4.5,
    reviewsLatest: ({ id }: { readonly id: string }, { first }: { readonly first: number }) =>
      Array.from({ length: first }, () => review(id)),
  },
})
const reviews = serviceOf('reviews', sdl, { Customer: { key: 'id', lookup: 'reviewsCustomers(ids:)' } })

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway({ extensions: [reviews], callOf: () => transport })
  const answer = await gateway.data(
    'mutation ($items: [CustomerUpsertItem!]!) { customerBulkUpsert(input: { system: "x", items: $items }) { results { id } } }',
    {
      items: Array.from({ length: 100 }, (_, index) => ({
        externalId: String(index),
        name: `Acme ${index}`,
      })),
    },
  )
  ids = fieldsAt(answer, 'customerBulkUpsert.results', 'id').map(String)
})
beforeEach(() => {
  transport.calls.length = 0
})
afterAll(() => gateway[Symbol.asyncDispose]())

const asked = () => transport.calls.map(({ variables }) => variables)

test('customers with two remote fields are one statement and one request, interpreted and compiled', async () => {
  const query =
    'query ($first: Int!) { customers(first: $first) { nodes { name reviewsScore a: reviewsLatest(first: 1) { at } reviewsLatest { id } } } }'
  for (const first of [10, 100, 100, 100]) {
    transport.calls.length = 0
    const statements = await gateway.statementsOf(() => gateway.data(query, { first }))
    expect(statements).toHaveLength(1)
    expect(transport.calls).toHaveLength(1)
    expect(transport.calls[0]?.variables['_0']).toHaveLength(first)
  }
  const answer = await gateway.data(query, { first: 2 })
  expect(valueAt(answer, 'customers.nodes.1')).toMatchObject({
    reviewsScore: 4.5,
    a: [{ at: '2026-03-01T09:30:00.000Z' }],
  })
})

test('records of the core that a service leads to are read once, and asked for once more', async () => {
  const query = '{ reviewsTop { customer { name reviewsScore owner { name } } } }'
  const statements = await gateway.statementsOf(() => gateway.data(query))
  expect(statements).toHaveLength(2)
  expect(transport.calls).toHaveLength(2)
  const answer = await gateway.data(query)
  expect(fieldsAt(answer, 'reviewsTop', 'customer')).toMatchObject([{ reviewsScore: 4.5 }, {}, {}])
})

test('what an agent may not read never leaves, on neither way', async () => {
  const query = '{ customers { nodes { reviewsScore } } reviewsTop { id customer { name reviewsScore } } }'
  const answer = await gateway.data(query, {}, { as: 'agent' })
  expect(answer).toEqual({
    customers: { nodes: [] },
    reviewsTop: ids.slice(0, 3).map(id => ({ id: `of ${id}`, customer: null })),
  })
  expect(asked()).toEqual([{}])
})

test('a mutation is done once, refused in a dry run, and answered again under its key', async () => {
  const query =
    'mutation ($input: ReviewsInput!) { written: reviewsWrite(input: $input) { review { id customer { name reviewsScore } } userErrors { code } } }'
  const input = { customerId: ids[0], body: 'Good.' }
  const options = { headers: { 'idempotency-key': 'once' } }
  const first = await gateway.data(query, { input }, options)
  expect(valueAt(first, 'written.review.customer')).toMatchObject({ reviewsScore: 4.5 })
  expect(transport.calls.map(({ operationType }) => operationType)).toEqual(['mutation', 'query'])
  expect(await gateway.data(query, { input }, options)).toEqual(first)
  expect(isWritten).toBe(1)

  const { errors = [] } = await gateway.ask(query.replace(') {', ') @dryRun {'), { input })
  expect(errors).toMatchObject([
    { path: ['written'], extensions: { code: 'DRY_RUN_UNSUPPORTED', extension: 'reviews' } },
  ])
  expect(isWritten).toBe(1)
})

test('a refusal of a service reaches the client with its code, a failure does not', async () => {
  const query =
    'query ($first: Int) { reviewsTop(first: $first) { id } customers(first: 1) { nodes { name } } }'
  for (const [first, code, message] of [
    [0, 'REVIEWS_CLOSED', 'There are no reviews on Sundays.'],
    [-1, 'EXTENSION_FAILED', 'The extension reviews failed to answer Query.reviewsTop.'],
  ] as const) {
    const { data, errors = [] } = await gateway.ask(query, { first })
    expect(data).toMatchObject({ reviewsTop: null, customers: { nodes: [{}] } })
    expect(errors).toMatchObject([
      { message, path: ['reviewsTop'], extensions: { code, extension: 'reviews' } },
    ])
  }
})

test('two users with one document at once see what is theirs', async () => {
  const query = '{ customers(first: 5) { nodes { name reviewsScore reviewsLatest { id } } } }'
  const pairs = await Promise.all(
    Array.from({ length: 50 }, () =>
      Promise.all([gateway.data(query), gateway.data(query, {}, { as: 'agent' })]),
    ),
  )
  for (const [administrator, agent] of pairs) {
    expect(fieldsAt(administrator, 'customers.nodes', 'reviewsScore')).toEqual(Array(5).fill(4.5))
    expect(valueAt(agent, 'customers.nodes')).toEqual([])
  }
  expect(transport.calls).toHaveLength(50)
})
