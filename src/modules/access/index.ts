import { defineModule, loadSchema } from '@trellis/sdk'
import { resolvers } from './resolvers.ts'

/** Users and teams: who works with the CRM, and what they may do. */
export const access = defineModule({ name: 'access', typeDefs: loadSchema(import.meta.url), resolvers })
