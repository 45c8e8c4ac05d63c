import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Extension, remoteExtension } from '@trellis/sdk'
import { expect, test } from 'vitest'
import {
  compareSchemas,
  createRemoteExecutor,
  type RemoteCall,
  RemoteFailure,
} from '../../src/remote/index.ts'
import { type Started, startService } from '../remote/start-service.ts'

const secret = `whsec_${Buffer.alloc(32, 'r').toString('base64')}`

async function folder() {
  const path = await mkdtemp(join(tmpdir(), 'trellis-reviews-'))
  return { path, [Symbol.asyncDispose]: () => rm(path, { recursive: true }) }
}

const start = (path: string): Promise<Started> =>
  startService(process.execPath, [join(import.meta.dirname, 'main.ts')], {
    REVIEWS_SECRET: secret,
    REVIEWS_FILE: join(path, 'reviews.sqlite'),
    PORT: '0',
  })

const extensionAt = (url: string, key = secret): Extension =>
  remoteExtension({
    name: 'review',
    version: '1.0.0',
    url,
    schema: './schema.graphql',
    merge: {
      Customer: { key: 'id', lookup: 'reviewCustomers(ids:)' },
      Product: { key: 'id', lookup: 'reviewProducts(ids:)' },
    },
    secret: key,
    timeoutMs: 10_000,
  })

function executorFor({ name = '', remote }: Extension) {
  if (remote === undefined) throw new Error('It is not remote.')
  const executor = createRemoteExecutor({ name, remote })
  return { ...executor, [Symbol.asyncDispose]: () => executor.close() }
}

const call = (document: string, variables: Record<string, unknown> = {}): RemoteCall => ({
  document,
  variables,
  operationType: document.startsWith('mutation') ? 'mutation' : 'query',
  viewer: { id: 'usr_1', role: 'AGENT' },
  requestId: 'req-1',
})

const add = (input: Record<string, unknown>): RemoteCall =>
  call(
    'mutation Add($input: ReviewAddInput!) { reviewsAdd(input: $input) { review { stars text } userErrors { code path } } }',
    { input: { customerId: 'cus_1', productId: 'prd_1', ...input } },
  )

test('reviews are added, looked up by customer and product, and still there after a restart', async () => {
  await using place = await folder()
  {
    await using service = await start(place.path)
    await using executor = executorFor(extensionAt(service.url))
    expect(await executor.execute(add({ stars: 5, text: '很好' }))).toEqual({
      data: { reviewsAdd: { review: { stars: 5, text: '很好' }, userErrors: [] } },
    })
    await executor.execute(add({ stars: 2 }))
    expect(await executor.execute(add({ stars: 6 }))).toEqual({
      data: {
        reviewsAdd: { review: null, userErrors: [{ code: 'OUT_OF_RANGE', path: ['input', 'stars'] }] },
      },
    })
  }
  await using service = await start(place.path)
  await using executor = executorFor(extensionAt(service.url))
  const document = `query ($customers: [ID!]!, $products: [ID!]!) {
    reviewCustomers(ids: $customers) { id reviews(first: 1) { stars product { id } } }
    reviewProducts(ids: $products) { id reviewStars reviews { customer { id } text } }
  }`
  const variables = { customers: ['cus_2', 'other', 'cus_1'], products: ['prd_1', 'prd_2'] }
  expect(await executor.execute(call(document, variables))).toEqual({
    data: {
      reviewCustomers: [
        { id: 'cus_2', reviews: [] },
        null,
        { id: 'cus_1', reviews: [{ stars: 2, product: { id: 'prd_1' } }] },
      ],
      reviewProducts: [
        {
          id: 'prd_1',
          reviewStars: 3.5,
          reviews: [
            { customer: { id: 'cus_1' }, text: '' },
            { customer: { id: 'cus_1' }, text: '很好' },
          ],
        },
        { id: 'prd_2', reviewStars: null, reviews: [] },
      ],
    },
  })
})

test('a subscription tells of reviews as they are added, and ends when it is left', async () => {
  await using place = await folder()
  await using service = await start(place.path)
  await using executor = executorFor(extensionAt(service.url))
  const added = executor.subscribe({
    ...call('subscription { reviewsAdded { stars product { id } } }'),
    operationType: 'subscription',
  })
  const first = added.next()
  // Until the service has subscribed it, what is added goes by.
  const adding = async (): Promise<undefined> => void (await executor.execute(add({ stars: 4 })))
  let event: Awaited<typeof first> | undefined
  let last = adding()
  while ((event = await Promise.race([first, last])) === undefined) last = adding()
  expect(event.value).toEqual({ data: { reviewsAdded: { stars: 4, product: { id: 'prd_1' } } } })
  await last
  await added.return()
  expect(executor.state()).toMatchObject({ running: 0, subscriptions: 0 })
})

test('nothing is answered without the right signature', async () => {
  await using place = await folder()
  await using service = await start(place.path)
  const other = `whsec_${Buffer.alloc(32, 'x').toString('base64')}`
  await using forger = executorFor(extensionAt(service.url, other))
  const { errors } = await forger.execute(call('{ reviewsLatest { id } }'))
  expect(errors?.map(({ message }) => message)).toEqual([
    'The signature of the gateway is missing, too old or wrong.',
  ])
  const unsigned = await fetch(service.url, { method: 'POST', body: '{"query":"{ __typename }"}' })
  expect(unsigned.status).toBe(401)
})

test('the service has the schema that is pinned, and the gateway tells when it is gone', async () => {
  await using place = await folder()
  const service = await start(place.path)
  await using executor = executorFor(extensionAt(service.url))
  const pinned = await readFile(join(import.meta.dirname, 'schema.graphql'), 'utf8')
  expect(compareSchemas(pinned, await executor.introspect())).toEqual({ breaking: [], other: [] })
  await service[Symbol.asyncDispose]()
  const failure: unknown = await executor
    .execute(call('{ reviewsLatest { id } }'))
    .catch((error: unknown) => error)
  expect(failure).toBeInstanceOf(RemoteFailure)
  expect(failure).toMatchObject({ kind: 'UNREACHABLE', extension: 'review' })
})
