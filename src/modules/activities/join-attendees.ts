import type { Join, Records } from '@trellis/sdk'

/** Two attendees of an activity are one: who organizes it still does, and an answer says more than none. */
export const joinAttendees: Join<Records['ActivityAttendee']> = (kept, surplus) => ({
  isOrganizer: kept.isOrganizer || surplus.isOrganizer,
  response: kept.response === 'NEEDS_ACTION' ? surplus.response : kept.response,
})
