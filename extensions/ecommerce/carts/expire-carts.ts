import type { BackgroundContext, DataContext, Job } from '@trellis/sdk'
import { daysBefore } from '../days.ts'
import type { EcommerceTables } from '../generated/tables.ts'

/** Carts that are given up in one transaction: it holds them, and whoever shops waits. */
const atOnce = 200

/** Gives up carts that nobody has touched for long, every night. Done twice, it finds nothing more. */
export const expireCarts: Job = {
  schedule: '0 3 * * *',
  run: async ({ transaction, signal }: BackgroundContext) => {
    let found = atOnce
    while (found === atOnce && !signal.aborted) found = await transaction(giveUp)
  },
}

/** Gives some up, and answers how many. */
async function giveUp({ database, loaders, services, events, now }: DataContext): Promise<number> {
  const own = database<EcommerceTables>()
  const carts = await own
    .updateTable('Cart')
    .set({ status: 'ABANDONED' })
    .where('id', 'in', query =>
      query
        .selectFrom('Cart')
        .select('id')
        .where('status', '=', 'OPEN')
        .where('updatedAt', '<', daysBefore(now(), loaders.ecommerceSettings.abandonedAfterDays))
        .orderBy('updatedAt')
        .limit(atOnce)
        .forUpdate()
        // Somebody is putting something in: that one is not given up.
        .skipLocked(),
    )
    .returning(['id', 'customerId'])
    .execute()
  const customers = await loaders.customers.byId.loadMany(carts.map(({ customerId }) => customerId))
  const told = carts.flatMap(({ id: cartId }, index) => {
    const customer = customers[index]
    return customer && !customer.deletedAt ? [{ cartId, customerId: customer.id }] : []
  })
  await services.timeline.record(
    told.map(({ cartId, customerId }) => ({
      targetId: customerId,
      type: 'ecommerce.cart_abandoned',
      title: 'A cart was given up',
      data: { cartId },
    })),
  )
  await Promise.all(
    told.map(payload => events.emit('ecommerce.cart-abandoned', payload, { entityId: payload.customerId })),
  )
  return carts.length
}
