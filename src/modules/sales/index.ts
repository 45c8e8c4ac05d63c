import { defineModule, loadSchema } from '@trellis/sdk'

export const sales = defineModule({ name: 'sales', typeDefs: loadSchema(import.meta.url) })
