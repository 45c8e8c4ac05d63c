import { spawnSync } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Extension, remoteExtension } from '@trellis/sdk'
import { createTestGateway, listAt, type TestGateway, valueAt } from '@trellis/testing'
import { expect, test, vi } from 'vitest'
import { startService } from '../../examples/remote/start-service.ts'
import { repository } from '../documents/documents.ts'

const examples = join(repository, 'examples')
const secret = `whsec_${Buffer.alloc(32, 'r').toString('base64')}`
const hasPython = spawnSync('python3', ['--version']).status === 0

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'trellis-services-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

const startReviews = (path: string, port = 0) =>
  startService(process.execPath, [join(examples, 'reviews-service', 'main.ts')], {
    REVIEWS_SECRET: secret,
    REVIEWS_FILE: join(path, 'reviews.sqlite'),
    PORT: String(port),
  })

const startRatings = () =>
  startService('python3', ['-B', join(examples, 'credit-rating-service', 'main.py')], {
    CREDIT_RATING_SECRET: secret,
    PORT: '0',
  })

const reviewsAt = (url: string): Extension =>
  remoteExtension({
    name: 'review',
    permissions: { AGENT: '*' },
    version: '1.0.0',
    url,
    schema: join(examples, 'reviews-service', 'schema.graphql'),
    merge: {
      Customer: { key: 'id', lookup: 'reviewCustomers(ids:)' },
      Product: { key: 'id', lookup: 'reviewProducts(ids:)' },
    },
    secret,
  })

const ratingsAt = (url: string): Extension =>
  remoteExtension({
    name: 'credit-rating',
    permissions: { AGENT: '*' },
    version: '1.0.0',
    url,
    schema: join(examples, 'credit-rating-service', 'schema.graphql'),
    merge: { Customer: { key: 'id', lookup: 'creditRatingCustomers(ids:)' } },
    secret,
  })

const addReview = async (gateway: TestGateway, input: object) =>
  valueAt(
    await gateway.data(
      'mutation ($input: ReviewAddInput!) { reviewsAdd(input: $input) { review { stars } userErrors { code path } } }',
      { input },
    ),
    'reviewsAdd',
  )

const reviewed =
  '{ customers(first: 10, orderBy: { field: NAME }) { nodes { name reviews { stars product { name } } } } }'

test('a service in a process of its own has its fields in the schema, and leads back to records of the core', async () => {
  await using place = await folder()
  await using service = await startReviews(place.path)
  await using gateway = await createTestGateway({ extensions: [reviewsAt(service.url)] })
  const [customerId, productId] = [
    await gateway.create('customer', { name: 'Acme' }),
    await gateway.create('product', { name: 'Anvil', sku: 'A-1', price: '10' }),
  ]
  expect(await addReview(gateway, { customerId, productId, stars: 5 })).toEqual({
    review: { stars: 5 },
    userErrors: [],
  })
  expect(await addReview(gateway, { customerId, productId, stars: 6 })).toEqual({
    review: null,
    userErrors: [{ code: 'OUT_OF_RANGE', path: ['input', 'stars'] }],
  })
  expect(await gateway.data(reviewed)).toEqual({
    customers: { nodes: [{ name: 'Acme', reviews: [{ stars: 5, product: { name: 'Anvil' } }] }] },
  })
  expect(
    await gateway.data(
      '{ reviewsLatest { stars customer { name } } products(first: 1) { nodes { reviewStars } } }',
    ),
  ).toEqual({
    reviewsLatest: [{ stars: 5, customer: { name: 'Acme' } }],
    products: { nodes: [{ reviewStars: 5 }] },
  })
})

test.skipIf(!hasPython)('services in two languages answer one operation (needs python3)', async () => {
  await using place = await folder()
  await using reviews = await startReviews(place.path)
  await using ratings = await startRatings()
  await using gateway = await createTestGateway({
    extensions: [reviewsAt(reviews.url), ratingsAt(ratings.url)],
  })
  await gateway.create('customer', { name: 'Acme' })
  const answer = await gateway.data(
    '{ customers(first: 1) { nodes { creditRating { grade score limit(currency: "EUR") } reviews { stars } } } }',
  )
  expect(listAt(answer, 'customers.nodes')).toEqual([
    {
      creditRating: { grade: expect.any(String), score: expect.any(Number), limit: expect.any(String) },
      reviews: [],
    },
  ])
})

test('a gateway starts and serves while a service is down, and the service is back within ten seconds of its return', async () => {
  await using place = await folder()
  const port = await (async () => {
    await using service = await startReviews(place.path)
    return Number(new URL(service.url).port)
  })()
  await using gateway = await createTestGateway({
    extensions: [reviewsAt(`http://127.0.0.1:${port}/graphql`)],
  })
  await gateway.create('customer', { name: 'Acme' })
  for (let time = 0; time < 8; time += 1) {
    const { data, errors } = await gateway.ask(reviewed)
    expect(data).toEqual({ customers: { nodes: [{ name: 'Acme', reviews: null }] } })
    expect(valueAt(errors, '0.extensions')).toMatchObject({
      code: 'EXTENSION_UNAVAILABLE',
      extension: 'review',
      retryable: true,
    })
    expect(valueAt(errors, '0.path')).toEqual(['customers', 'nodes', 0, 'reviews'])
  }
  await using service = await startReviews(place.path, port)
  expect(new URL(service.url).port).toBe(String(port))
  await vi.waitFor(
    async () =>
      expect(await gateway.data(reviewed)).toEqual({ customers: { nodes: [{ name: 'Acme', reviews: [] }] } }),
    { timeout: 10_000, interval: 100 },
  )
})
