import { defineModule, loadSchema } from '@trellis/sdk'
import { timelineService } from './timeline.ts'

/** What people do with customers: tasks, calls, meetings, messages, and what happened when. */
export const activities = defineModule({
  name: 'activities',
  typeDefs: loadSchema(import.meta.url),
  services: { timeline: timelineService },
})
