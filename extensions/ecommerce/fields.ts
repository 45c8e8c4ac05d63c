import { type ExtensionOptions, field } from '@trellis/sdk'
import { bounded } from './bounded.ts'

/** What it adds to the core's records: each one call and one statement, however many records. */
export const fields: NonNullable<ExtensionOptions['fields']> = {
  Customer: {
    ecommerceCart: field({
      requires: ['id'],
      batch: (customers, _, { loaders }) =>
        loaders.ecommerceCarts.openOf.loadMany(customers.map(({ id }) => id)),
    }),
  },
  Order: {
    ecommerceReviews: field({
      requires: ['id'],
      batch: (orders, { first }: { first: number }, { loaders }) =>
        loaders.ecommerceReviews.newest(
          'orderId',
          orders.map(({ id }) => id),
          bounded(first),
        ),
    }),
  },
  Product: {
    ecommerceReviews: field({
      requires: ['id'],
      batch: (products, { first }: { first: number }, { loaders }) =>
        loaders.ecommerceReviews.newest(
          'productId',
          products.map(({ id }) => id),
          bounded(first),
        ),
    }),
    ecommerceRating: field({
      requires: ['id'],
      batch: (products, _, { loaders }) =>
        loaders.ecommerceReviews.ratingOf.loadMany(products.map(({ id }) => id)),
    }),
  },
}
