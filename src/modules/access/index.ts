import { defineModule, loadSchema } from '@trellis/sdk'

export const access = defineModule({ name: 'access', typeDefs: loadSchema(import.meta.url) })
