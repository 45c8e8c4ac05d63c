import type { Check, Records } from '@trellis/sdk'
import { sql } from 'kysely'
import { daysBefore } from '../days.ts'
import type { EcommerceTables } from '../generated/tables.ts'

/** Orders are sent back within so many days of their delivery, by the settings; not at all after that. */
export const checkReturns: Check<Records['Order']> = async (changes, { database, loaders, now }) => {
  const returned = changes.filter(
    ({ before, values }) =>
      values.status === 'RETURNED' && (before?.status === 'DELIVERED' || before?.status === 'COMPLETED'),
  )
  if (returned.length === 0) return []
  const { returnWindowDays } = loaders.ecommerceSettings
  const late = await database<EcommerceTables>()
    .selectFrom('Fulfilment')
    .select(['orderId', 'deliveredAt'])
    .where('orderId', '=', sql<string>`any(${returned.map(({ id }) => id)})`)
    .where('deliveredAt', '<', daysBefore(now(), returnWindowDays))
    .execute()
  const deliveries = new Map(late.map(({ orderId, deliveredAt }) => [orderId, deliveredAt]))
  return returned.flatMap(({ id, before, path }) => {
    const deliveredAt = deliveries.get(id)
    if (!deliveredAt) return []
    const day = deliveredAt.toISOString().slice(0, 10)
    return [
      {
        code: 'RETURN_TOO_LATE',
        message: `Order ${before?.number} was delivered on ${day}; it could be sent back for ${returnWindowDays} days.`,
        path: [...path, 'status'],
      },
    ]
  })
}
