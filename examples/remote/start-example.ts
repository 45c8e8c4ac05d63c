import { randomBytes } from 'node:crypto'
import { join } from 'node:path'
import { z } from 'zod'
import { ask } from './ask.ts'
import { startService } from './start-service.ts'
import { type Declaration, tellOfService, untilServed } from './tell-of-service.ts'

export interface ExampleOptions {
  /** Where the gateway's database and files are, and the reviews. */
  readonly directory: string
  /** Of the gateway and the two services; 0 takes any free one. */
  readonly ports: { readonly gateway: number; readonly reviews: number; readonly ratings: number }
  /** Says what is going on. */
  readonly say: (line: string) => void
}

/** A gateway and two services, each in a process of its own. */
export interface Example extends AsyncDisposable {
  /** Where the gateway answers GraphQL. */
  readonly endpoint: string
  /** Asks the core and both services. */
  readonly query: string
  /** Settled when one of the three has ended. */
  readonly exited: Promise<unknown>
}

const root = join(import.meta.dirname, '..', '..')
const examples = join(root, 'examples')

const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`

const query = `{
  customers(first: 3, orderBy: { field: CREATED_AT }) {
    nodes {
      name
      creditRating { grade score }
      reviews(first: 3) { stars text product { name } }
    }
  }
}`

/** @throws Error when one of them does not start, or the gateway refuses a service */
export async function startExample({ directory, ports, say }: ExampleOptions): Promise<Example> {
  await using starting = new AsyncDisposableStack()
  const secrets = { reviews: newSecret(), ratings: newSecret() }
  const reviews = starting.use(
    await startService(process.execPath, [join(examples, 'reviews-service', 'main.ts')], {
      PORT: String(ports.reviews),
      REVIEWS_SECRET: secrets.reviews,
      REVIEWS_FILE: join(directory, 'reviews.sqlite'),
    }),
  )
  say(`Reviews, on Apollo Server, are at ${reviews.url}`)
  const ratings = starting.use(
    await startService('python3', ['-B', join(examples, 'credit-rating-service', 'main.py')], {
      PORT: String(ports.ratings),
      CREDIT_RATING_SECRET: secrets.ratings,
    }),
  )
  say(`Credit ratings, of Python's standard library, are at ${ratings.url}`)
  const gateway = starting.use(
    await startService(process.execPath, [join(root, 'src', 'main.ts')], {
      PORT: String(ports.gateway),
      HOST: '127.0.0.1',
      NODE_ENV: 'development',
      DATABASE_URL: '',
      TRELLIS_API_KEYS: '',
      TRELLIS_DATA: directory,
      TRELLIS_FILES: join(directory, 'files'),
    }),
  )
  const endpoint = `${gateway.url}/graphql`
  say(`Trellis is at ${gateway.url}; it is told of both.`)
  const services: readonly Declaration[] = [
    {
      name: 'review',
      url: reviews.url,
      merge: [
        { type: 'Customer', lookup: 'reviewCustomers(ids:)' },
        { type: 'Product', lookup: 'reviewProducts(ids:)' },
      ],
      signingSecrets: [secrets.reviews],
    },
    {
      name: 'credit-rating',
      url: ratings.url,
      merge: [{ type: 'Customer', lookup: 'creditRatingCustomers(ids:)' }],
      signingSecrets: [secrets.ratings],
    },
  ]
  for (const service of services) await tellOfService(endpoint, service)
  await untilServed(endpoint, services)
  await ensureReview(endpoint)
  const running = starting.move()
  return {
    endpoint,
    query,
    exited: Promise.race([reviews.exited, ratings.exited, gateway.exited]),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}

const records = z.object({ nodes: z.tuple([z.object({ id: z.string() })]) })

/** Has the first customer write a review unless there is one, so that there is something to see. */
async function ensureReview(endpoint: string): Promise<void> {
  const { reviewsLatest, customers, products } = await ask(endpoint, {
    query: `{
      reviewsLatest(first: 1) { id }
      customers(first: 1, orderBy: { field: CREATED_AT }) { nodes { id } }
      products(first: 1) { nodes { id } }
    }`,
    shape: z.object({ reviewsLatest: z.array(z.unknown()), customers: records, products: records }),
  })
  if (reviewsLatest.length > 0) return
  const input = {
    customerId: customers.nodes[0].id,
    productId: products.nodes[0].id,
    stars: 5,
    text: 'It does what it says.',
  }
  await ask(endpoint, {
    query: 'mutation ($input: ReviewAddInput!) { reviewsAdd(input: $input) { userErrors { message } } }',
    variables: { input },
    shape: z.object({ reviewsAdd: z.object({ userErrors: z.tuple([]) }) }),
  })
}
