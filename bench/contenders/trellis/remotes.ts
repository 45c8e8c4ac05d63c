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
    name: 'solvency',
    version: '1.0.0',
    url: process.env['REVIEWS_URL'] ?? '',
    schema: `
      type Query {
        "The best." solvencyTop("How many." first: Int = 3): [Solvency!]
        solvencyCustomers(ids: [ID!]!): [Customer]!
        solvencyOpportunities(ids: [ID!]!): [Opportunity]!
      }
      "A solvency." type Solvency { "Its id." id: ID! "How good." grade: String "Of whom." customer: Customer }
      type Customer { id: ID! "Its solvency." solvency: Solvency }
      type Opportunity { id: ID! "Its solvency." solvency: Solvency }`,
    merge: {
      Customer: { key: 'id', lookup: 'solvencyCustomers(ids:)' },
      Opportunity: { key: 'id', lookup: 'solvencyOpportunities(ids:)' },
    },
  })
