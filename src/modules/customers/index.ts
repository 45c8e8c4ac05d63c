import { defineModule, loadSchema } from '@trellis/sdk'

export const customers = defineModule({ name: 'customers', typeDefs: loadSchema(import.meta.url) })
