import type { Check, Records } from '@trellis/sdk'

type ActivityAttendee = Records['ActivityAttendee']

const people = ['contactId', 'leadId', 'userId'] as const

/** Refuses an attendee that is nobody, or several at once. */
export const checkAttendees: Check<ActivityAttendee> = changes =>
  changes.flatMap(({ action, values, path }) => {
    if (action !== 'create') return []
    const given = people.filter(name => values[name] != null)
    if (given.length === 1) return []
    const isNobody = given.length === 0
    return [
      {
        code: isNobody ? 'REQUIRED' : 'CONTRADICTION',
        message: `An attendee is one of contactId, leadId and userId; ${isNobody ? 'none' : given.join(' and ')} is given.`,
        path,
      },
    ]
  })
