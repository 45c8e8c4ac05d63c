import { defineModule, loadSchema } from '@trellis/sdk'

/** Customers and the people at them: who they are and how they are classified. */
export const customers = defineModule({ name: 'customers', typeDefs: loadSchema(import.meta.url) })
