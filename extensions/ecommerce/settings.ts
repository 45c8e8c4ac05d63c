import { z } from 'zod'

/** What an administrator may set. */
export const settings = z.strictObject({
  /** How many pieces of one product a cart takes. */
  largestQuantity: z.int().min(1).max(100_000).default(1000),
  /** How long nothing is put in or taken out until a cart is given up. */
  abandonedAfterDays: z.int().min(1).max(365).default(14),
  /** How long after an order was completed its customer may review it. */
  reviewWindowDays: z.int().min(1).max(3650).default(90),
  /** How long after its delivery an order may be sent back. */
  returnWindowDays: z.int().min(1).max(3650).default(30),
})

export type EcommerceSettings = z.infer<typeof settings>

declare module '@trellis/sdk' {
  interface Loaders {
    /** As they are set now: `setup` puts them here, where checks, jobs and services find them. */
    readonly ecommerceSettings: EcommerceSettings
  }
}
