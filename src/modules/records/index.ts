import { defineModule, loadSchema } from '@trellis/sdk'

/** What hangs on any record: tags, notes, files. */
export const records = defineModule({ name: 'records', typeDefs: loadSchema(import.meta.url) })
