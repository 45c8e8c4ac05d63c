import { defineExtension, loadSchema } from '@trellis/sdk'
import { expireCarts } from './carts/expire-carts.ts'
import { joinCarts } from './carts/join-carts.ts'
import { cartLoaders } from './carts/loaders.ts'
import { cartService } from './carts/service.ts'
import { emits } from './emits.ts'
import { fields } from './fields.ts'
import { checkReturns } from './orders/check-returns.ts'
import { inviteReviewer } from './orders/invite-reviewer.ts'
import { noteProgress } from './orders/note-progress.ts'
import { resolvers } from './resolvers.ts'
import { reviewLoaders } from './reviews/loaders.ts'
import { reviewService } from './reviews/service.ts'
import { settings } from './settings.ts'

/** A shop: carts that become orders, reviews of what was ordered, and how long orders may be sent back. */
export const ecommerce = defineExtension({
  typeDefs: loadSchema(import.meta.url),
  // Carts become orders. Whoever may change a customer shops and reviews for it.
  scopes: ['customer:write', 'order:write', 'orderLine:read', 'product:read'],
  resolvers,
  fields,
  loaders: { ecommerceCarts: cartLoaders, ecommerceReviews: reviewLoaders },
  services: { ecommerceCarts: cartService, ecommerceReviews: reviewService },
  // Agents shop for the customers that are their own; the rights are asked record by record.
  permissions: { AGENT: '*' },
  checks: { Order: checkReturns },
  effects: { Order: noteProgress },
  references: {
    'Cart.customerId': 'Customer',
    'Cart.orderId': 'Order',
    'CartItem.productId': 'Product',
    'Review.customerId': 'Customer',
    'Review.orderId': 'Order',
    'Review.orderLineId': 'OrderLine',
    'Review.productId': 'Product',
    'Fulfilment.orderId': 'Order',
  },
  merges: { Customer: joinCarts },
  emits,
  events: { 'order.updated': inviteReviewer },
  jobs: { 'expire-carts': expireCarts },
  settings,
  setup: set => ({ loaders: { ecommerceSettings: () => set.settings } }),
})
