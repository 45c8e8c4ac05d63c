import { join } from 'node:path'
import { keyOf } from '../../data/facts.ts'
import type { Contender } from '../contender.ts'
import { tenFields } from '../trellis/index.ts'

export const handWritten: Contender = {
  name: 'hand-written',
  label: 'the same schema and resolvers in one file, graphql-jit on Yoga',
  server: { file: join(import.meta.dirname, 'server.ts') },
  askings: async () => ({
    extensionFields: tenFields({ headers: { authorization: `Bearer ${keyOf('administrator')}` } }),
  }),
}
