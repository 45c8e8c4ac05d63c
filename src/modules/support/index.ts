import { defineModule, loadSchema } from '@trellis/sdk'

/** Cases, what is promised for them, and what customers think. */
export const support = defineModule({ name: 'support', typeDefs: loadSchema(import.meta.url) })
