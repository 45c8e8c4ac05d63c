import { createLoader, type DataContext } from '@trellis/sdk'
import { sql } from 'kysely'
import type { LoyaltyAdjustment, LoyaltyTables } from './generated/tables.ts'

/** What is won for one point, in the unit of any currency. */
const amountPerPoint = 100

/** More points than this are as many: GraphQL's Int holds no more, and a sale of 300 billion rupiah has them. */
const mostPoints = 2 ** 31 - 1

/** Adjustments that are kept at hand for a customer, at most. */
const mostAdjustments = 100

export type Adjustment = Pick<LoyaltyAdjustment, 'id' | 'customerId' | 'points' | 'reason'> & {
  readonly createdAt: Date
}

export interface LoyaltyLoaders {
  /** Points of a customer, earned by the sales that the viewer may see, and adjusted; 2,147,483,647 at most. */
  pointsOf(customerId: string): Promise<number>
  /** Adjustments of a customer, the newest first. */
  adjustmentsOf(customerId: string, first: number): Promise<readonly Adjustment[]>
}

declare module '@trellis/sdk' {
  interface Loaders {
    readonly loyalty: LoyaltyLoaders
  }
}

/** The reads of the programme: each one statement, however many customers are asked about at once. */
export function loyaltyLoaders({ database, loaders }: DataContext): LoyaltyLoaders {
  const own = database<LoyaltyTables>()

  const adjusted = createLoader<number>(
    async customerIds => {
      const rows = await own
        .selectFrom('LoyaltyAdjustment')
        .select(({ fn }) => ['customerId', fn.sum<string>('points').as('points')])
        .where('customerId', '=', sql<string>`any(${customerIds})`)
        .groupBy('customerId')
        .execute()
      return new Map(rows.map(({ customerId, points }) => [customerId, Number(points)]))
    },
    // Not remembered: a mutation shows the points that its customer has after it.
    { cache: false },
  )

  const adjustments = createLoader<readonly Adjustment[]>(async customerIds => {
    const rows = await own
      .selectFrom(
        own
          .selectFrom('LoyaltyAdjustment')
          .select(['id', 'customerId', 'points', 'reason', 'createdAt'])
          .select(
            sql<number>`row_number() over (partition by "customerId" order by "createdAt" desc, id)`.as(
              'place',
            ),
          )
          .where('customerId', '=', sql<string>`any(${customerIds})`)
          .as('ranked'),
      )
      .selectAll()
      .where('place', '<=', mostAdjustments)
      .orderBy('place')
      .execute()
    return Map.groupBy(rows, ({ customerId }) => customerId)
  })

  const earned = async (customerId: string): Promise<number> => {
    const won = loaders.opportunities.listOf('customerId', customerId, {
      filter: { stage: { type: { eq: 'WON' } } },
    })
    const sums = await won.aggregate({ groupBy: [{ field: 'CURRENCY' }], measures: { sum: ['amount'] } })
    return sums.reduce(
      (points, { measures }) => points + Math.floor(Number(measures.sum['amount'] ?? 0) / amountPerPoint),
      0,
    )
  }

  return {
    pointsOf: async customerId => {
      const [byBuying, byHand] = await Promise.all([earned(customerId), adjusted.load(customerId)])
      return Math.min(byBuying + (byHand ?? 0), mostPoints)
    },
    adjustmentsOf: async (customerId, first) => ((await adjustments.load(customerId)) ?? []).slice(0, first),
  }
}
