import { type EventEmitter, on } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { makeExecutableSchema } from '@graphql-tools/schema'
import { GraphQLError, type GraphQLSchema } from 'graphql'
import type { Review, Store } from './store.ts'
import type { Viewer } from './verify.ts'

export interface ServiceContext {
  readonly viewer: Viewer | null
}

interface Entity {
  readonly id: string
}

interface Page {
  readonly first: number
}

const pageOf = ({ first }: Page): number => {
  if (first >= 1 && first <= 100) return first
  throw new GraphQLError(`first is ${first}; from 1 to 100 is allowed.`, {
    extensions: { code: 'BAD_INPUT' },
  })
}

/** Ids of another kind are unknown, which is null; whether a customer exists, only the CRM knows. */
const known =
  (prefix: string) =>
  (_: unknown, { ids }: { readonly ids: readonly string[] }): readonly (Entity | null)[] =>
    ids.map(id => (id.startsWith(prefix) ? { id } : null))

interface Addition {
  readonly input: Pick<Review, 'customerId' | 'productId' | 'stars' | 'text'>
}

const flawsOf = ({ input: { stars, text } }: Addition) => [
  ...(stars >= 1 && stars <= 5
    ? []
    : [
        {
          code: 'OUT_OF_RANGE',
          message: `stars is ${stars}; from 1 to 5 is allowed.`,
          path: ['input', 'stars'],
        },
      ]),
  ...(text.length <= 2000
    ? []
    : [
        {
          code: 'TOO_LONG',
          message: `text has ${text.length} characters; 2000 are allowed.`,
          path: ['input', 'text'],
        },
      ]),
]

/** The service's schema; `added` tells subscriptions of new reviews. */
export function createSchema(store: Store, added: EventEmitter): GraphQLSchema {
  return makeExecutableSchema<ServiceContext>({
    typeDefs: readFileSync(join(import.meta.dirname, 'schema.graphql'), 'utf8'),
    resolvers: {
      Query: {
        reviewsLatest: (_, page: Page) => store.latest(pageOf(page)),
        reviewCustomers: known('cus_'),
        reviewProducts: known('prd_'),
      },
      Mutation: {
        reviewsAdd: (_, addition: Addition, { viewer }) => {
          if (viewer === null)
            throw new GraphQLError('Only for users of the CRM.', { extensions: { code: 'FORBIDDEN' } })
          const userErrors = flawsOf(addition)
          if (userErrors.length > 0) return { review: null, userErrors }
          const review = store.add(addition.input)
          added.emit('review', review)
          return { review, userErrors: [] }
        },
      },
      Subscription: {
        reviewsAdded: {
          // The iterator itself, not a generator around it: a generator cannot be left while it waits.
          subscribe: () => on(added, 'review'),
          resolve: ([review]: [Review]) => review,
        },
      },
      Customer: {
        reviews: ({ id }: Entity, page: Page) => store.of('customerId', id, pageOf(page)),
      },
      Product: {
        reviews: ({ id }: Entity, page: Page) => store.of('productId', id, pageOf(page)),
        reviewStars: ({ id }: Entity) => store.starsOf(id),
      },
      Review: {
        customer: ({ customerId }: Review) => ({ id: customerId }),
        product: ({ productId }: Review) => ({ id: productId }),
      },
    },
  })
}
