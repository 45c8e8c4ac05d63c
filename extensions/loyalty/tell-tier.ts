import type { EventHandler } from '@trellis/sdk'
import { type Tier, tierOf } from './tiers.ts'

/**
 * Tells in a customer's timeline that its tier is another than it was. Which tier that is goes by all of its sales, so this
 * is no work for the mutation: who adjusts may see only some of them. A handler sees all, as the system, and hears of the
 * adjustments of one customer one after the other. The timeline says no more than that, since not everybody who reads it may see those sales.
 *
 * An event may come twice: the second time the tier is the one that is known.
 */
export const tellTier: EventHandler = ({ entityId, payload: { adjustmentId } }, { transaction }) =>
  transaction(async ({ loaders, services, store }) => {
    const customer = await loaders.customers.byId.load(entityId)
    if (!customer || customer.deletedAt) return
    const known = store.of('Customer', 'tier')
    const before = (await known.load<Tier>(customer.id)) ?? 'BRONZE'
    const tier = tierOf(await loaders.loyalty.pointsOf(customer.id))
    if (tier === before) return
    await known.set(customer.id, tier)
    await services.timeline.record([
      {
        targetId: customer.id,
        type: 'loyalty.tier_changed',
        title: 'Came to another tier',
        data: { adjustmentId },
      },
    ])
  })
