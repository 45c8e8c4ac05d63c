import { defineExtension, field, loadSchema } from '@trellis/sdk'
import { z } from 'zod'
import { loyaltyLoaders } from './loaders.ts'
import { resolvers } from './resolvers.ts'
import { loyaltyService } from './service.ts'
import { tellTier } from './tell-tier.ts'
import { tierOf } from './tiers.ts'

/** A loyalty programme: points from won opportunities and by hand, and the tiers that they amount to. */
export const loyalty = defineExtension({
  typeDefs: loadSchema(import.meta.url),
  // Whoever may change a customer may change its points.
  scopes: ['customer:write', 'opportunity:read', 'pipelineStage:read'],
  resolvers,
  fields: {
    Customer: {
      loyalty: field({
        requires: ['id'],
        batch: async (customers, _, { loaders }) => {
          const points = await Promise.all(customers.map(({ id }) => loaders.loyalty.pointsOf(id)))
          return customers.map(({ id }, index) => {
            const total = points[index] ?? 0
            return { customerId: id, points: total, tier: tierOf(total) }
          })
        },
      }),
    },
  },
  loaders: { loyalty: loyaltyLoaders },
  services: { loyalty: loyaltyService },
  references: { 'LoyaltyAdjustment.customerId': 'Customer' },
  // Others may listen, too. Events of one customer come one after the other.
  emits: {
    'loyalty.adjusted': z.object({ adjustmentId: z.string(), customerId: z.string(), points: z.int() }),
  },
  events: { 'loyalty.adjusted': tellTier },
  permissions: { AGENT: ['Customer.loyalty', 'Mutation.loyaltyAdjust'] },
})
