import type { Check, Records } from '@trellis/sdk'

type ActivityAttendee = Records['ActivityAttendee']

/** Refuses an attendee that is nobody, or several at once. */
export const checkAttendees: Check<ActivityAttendee> = changes =>
  changes.flatMap(({ action, values, path }) => {
    if (action !== 'create') return []
    const given = (['contactId', 'leadId', 'userId'] as const).filter(name => values[name] != null)
    if (given.length === 1) return []
    const code = given.length === 0 ? 'REQUIRED' : 'CONTRADICTION'
    const message = `An attendee is one of contactId, leadId and userId; ${given.length === 0 ? 'none' : given.join(' and ')} is given.`
    return [{ code, message, path }]
  })
