import { defineModule, loadSchema } from '@trellis/sdk'

/** Campaigns and marketing plans: whom they address, what they cost, what they bring in. */
export const marketing = defineModule({ name: 'marketing', typeDefs: loadSchema(import.meta.url) })
