import type { Emits } from '@trellis/sdk'
import { z } from 'zod'

const id = z.string()

/** What others may listen to who depend on this extension. Ids only: whoever listens reads what the viewer may. */
export const emits = {
  'ecommerce.cart-checked-out': z.object({ cartId: id, customerId: id, orderId: id }),
  'ecommerce.cart-abandoned': z.object({ cartId: id, customerId: id }),
  'ecommerce.review-invited': z.object({ customerId: id, orderId: id }),
  'ecommerce.review-created': z.object({
    reviewId: id,
    productId: id,
    customerId: id,
    orderId: id,
    rating: z.int().min(1).max(5),
  }),
} satisfies Emits
