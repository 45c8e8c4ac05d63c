import type { Effect, Records } from '@trellis/sdk'
import type { EcommerceTables } from '../generated/tables.ts'

const momentOf = { DELIVERED: 'deliveredAt', COMPLETED: 'completedAt' } as const

const isMoment = (status: string): status is keyof typeof momentOf => Object.hasOwn(momentOf, status)

/**
 * Notes when orders are delivered and completed, for what is asked of returns and reviews: two statements at most, however
 * many orders. Of one that is imported as it ended elsewhere, nobody knows when that was.
 */
export const noteProgress: Effect<Records['Order']> = async (changes, { database, now }) => {
  const moved = Map.groupBy(
    changes.filter(
      ({ before, values }) => before && values.status !== undefined && values.status !== before.status,
    ),
    ({ values }) => values.status ?? '',
  )
  for (const [status, orders] of moved) {
    if (!isMoment(status)) continue
    const moment = { [momentOf[status]]: now() }
    await database<EcommerceTables>()
      .insertInto('Fulfilment')
      .values(orders.map(({ id }) => ({ orderId: id, ...moment })))
      .onConflict(conflict => conflict.column('orderId').doUpdateSet(moment))
      .execute()
  }
}
