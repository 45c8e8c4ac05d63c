import type { EventHandler } from '@trellis/sdk'
import type { EcommerceTables } from '../generated/tables.ts'

/**
 * Tells once, after an order was completed, that its customer may review it: in the customer's timeline, and as an event
 * for whoever writes letters. An event may come twice: who notes it first tells of it.
 */
export const inviteReviewer: EventHandler = async (
  { entityId: orderId, payload },
  { loaders, transaction },
) => {
  const { fields } = payload
  if (!Array.isArray(fields) || !fields.includes('status')) return
  const order = await loaders.orders.byId.load(orderId)
  if (order?.status !== 'COMPLETED') return
  const customer = await loaders.customers.byId.load(order.customerId)
  if (!customer || customer.deletedAt) return
  await transaction(async ({ database, services, events, now }) => {
    const { numUpdatedRows } = await database<EcommerceTables>()
      .updateTable('Fulfilment')
      .set({ invitedAt: now() })
      .where('orderId', '=', order.id)
      .where('invitedAt', 'is', null)
      .executeTakeFirst()
    if (numUpdatedRows === 0n) return
    await services.timeline.record([
      {
        targetId: customer.id,
        relatedId: order.id,
        type: 'ecommerce.review_invited',
        title: 'May say what it thinks of an order',
        data: { orderId: order.id },
      },
    ])
    await events.emit(
      'ecommerce.review-invited',
      { customerId: customer.id, orderId: order.id },
      { entityId: customer.id },
    )
  })
}
