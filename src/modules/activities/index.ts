import { defineModule, loadSchema } from '@trellis/sdk'
import { moveEvents, recordTargets } from './activity-events.ts'
import { checkActivity } from './check-activity.ts'
import { checkAttendees } from './check-attendees.ts'
import { checkKnownParts } from './check-known-parts.ts'
import { joinAttendees } from './join-attendees.ts'
import { recordOwnEvents } from './own-events.ts'
import { checkParts, writeParts } from './parts.ts'
import { resolvers } from './resolvers.ts'
import { activityService } from './service.ts'
import { timelineService } from './timeline.ts'

/** What people do with customers: tasks, calls, meetings, messages, and what happened when. */
export const activities = defineModule({
  name: 'activities',
  typeDefs: loadSchema(import.meta.url),
  resolvers,
  services: { activities: activityService, timeline: timelineService },
  checks: {
    Activity: async (changes, context) => [
      ...(await checkActivity(changes, context)),
      ...(await checkParts(changes, context)),
      ...(await checkKnownParts(changes, context)),
    ],
    ActivityAttendee: checkAttendees,
  },
  joins: { ActivityAttendee: joinAttendees },
  effects: {
    Target: recordOwnEvents,
    Activity: async (changes, context) => {
      await writeParts(changes, context)
      await moveEvents(changes, context)
    },
    ActivityTarget: recordTargets,
  },
})
