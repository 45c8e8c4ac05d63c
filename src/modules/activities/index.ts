import { defineModule, loadSchema } from '@trellis/sdk'

/** What people do with customers: tasks, calls, meetings, messages, and what happened when. */
export const activities = defineModule({ name: 'activities', typeDefs: loadSchema(import.meta.url) })
