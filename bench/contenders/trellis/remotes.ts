import { join } from 'node:path'
import { type Extension, remoteExtension } from '@trellis/sdk'
import { reviewsSdl } from '../../services/reviews-sdl.ts'

/** The service that both of them are about. */
export const reviewsFile = join(import.meta.dirname, '..', '..', 'services', 'reviews.ts')

/** The service of reviews, at the address that REVIEWS_URL names. */
export const reviews = (): Extension =>
  remoteExtension({
    name: 'review',
    version: '1.0.0',
    url: process.env['REVIEWS_URL'] ?? '',
    schema: reviewsSdl,
    merge: { Customer: { key: 'id', lookup: 'reviewCustomers(ids:)' } },
  })

/** Another one, with root fields, types, and fields on two entities of the core, that nothing asks for. */
export const ratings = (): Extension =>
  remoteExtension({
    name: 'rating',
    version: '1.0.0',
    url: process.env['REVIEWS_URL'] ?? '',
    schema: `
      type Query {
        "The best." ratingsTop("How many." first: Int = 3): [Rating!]
        ratingCustomers(ids: [ID!]!): [Customer]!
        ratingOpportunities(ids: [ID!]!): [Opportunity]!
      }
      "A rating." type Rating { "Its id." id: ID! "How good." grade: String "Of whom." customer: Customer }
      type Customer { id: ID! "Its rating." rating: Rating }
      type Opportunity { id: ID! "Its rating." rating: Rating }`,
    merge: {
      Customer: { key: 'id', lookup: 'ratingCustomers(ids:)' },
      Opportunity: { key: 'id', lookup: 'ratingOpportunities(ids:)' },
    },
  })
