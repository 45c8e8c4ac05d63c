import { defineModule, loadSchema } from '@trellis/sdk'
import { resolvers } from './resolvers.ts'

/** Figures over customers, sales, marketing and support, as rows and as charts. */
export const reports = defineModule({ name: 'reports', typeDefs: loadSchema(import.meta.url), resolvers })
