import { createLoader, type DataContext, type Loader } from '@trellis/sdk'
import { type ExpressionBuilder, sql } from 'kysely'
import type { EcommerceTables, Review as ReviewTable } from '../generated/tables.ts'

/** What a customer says of a product. */
export interface Review extends Readonly<Omit<ReviewTable, 'createdAt'>> {
  readonly createdAt: Date
}

export interface Rating {
  readonly average: string
  readonly count: number
}

export interface ReviewLoaders {
  /** The newest reviews of each of these products or orders, in the order of the ids: one statement. */
  newest(
    by: 'productId' | 'orderId',
    ids: readonly string[],
    first: number,
  ): Promise<readonly (readonly Review[])[]>
  /** How a product is rated. */
  readonly ratingOf: Loader<string, Rating>
}

declare module '@trellis/sdk' {
  interface Loaders {
    readonly ecommerceReviews: ReviewLoaders
  }
}

/** The reads of reviews: of customers that the viewer may read, and no others, in lists as in means. */
export function reviewLoaders({ database, readable }: DataContext): ReviewLoaders {
  const own = database<EcommerceTables>()
  const isReadable = (review: ExpressionBuilder<EcommerceTables, 'Review'>) =>
    sql<boolean>`exists (
      select from ${readable('Customer', ['id', 'deletedAt'])} as customer
      where customer.id = ${review.ref('Review.customerId')} and customer."deletedAt" is null)`

  return {
    async newest(by, ids, first) {
      const ranked = own
        .selectFrom('Review')
        .selectAll()
        .select(review =>
          sql<number>`row_number() over (partition by ${review.ref(by)} order by "createdAt" desc, id)`.as(
            'place',
          ),
        )
        .where(by, '=', sql<string>`any(${ids})`)
        .where(isReadable)
        .as('ranked')
      const rows = await own
        .selectFrom(ranked)
        .selectAll()
        .where('place', '<=', first)
        .orderBy('place')
        .execute()
      const found = Map.groupBy(rows, row => row[by])
      return ids.map(id => found.get(id) ?? [])
    },

    ratingOf: createLoader(async productIds => {
      const rows = await own
        .selectFrom('Review')
        .select('productId')
        .select([sql<string>`round(avg(rating), 2)`.as('average'), sql<number>`count(*)::int`.as('count')])
        .where('productId', '=', sql<string>`any(${productIds})`)
        .where(isReadable)
        .groupBy('productId')
        .execute()
      return new Map(rows.map(({ productId, ...rating }) => [productId, rating]))
    }),
  }
}
