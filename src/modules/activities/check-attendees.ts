import type { Check, Records } from '@trellis/sdk'

type ActivityAttendee = Records['ActivityAttendee']

const people = ['contactId', 'leadId', 'userId'] as const

/** Refuses an attendee that is nobody, or several at once, or that the same input has already. */
export const checkAttendees: Check<ActivityAttendee> = changes => {
  const known = new Set<string>()
  return changes.flatMap(({ action, values, path }) => {
    if (action !== 'create') return []
    const given = people.filter(name => values[name] != null)
    const [name] = given
    if (name === undefined || given.length > 1) {
      const code = name === undefined ? 'REQUIRED' : 'CONTRADICTION'
      const message = `An attendee is one of contactId, leadId and userId; ${name === undefined ? 'none' : given.join(' and ')} is given.`
      return [{ code, message, path }]
    }
    const identity = `${values.activityId} ${values[name]}`
    if (!known.has(identity)) {
      known.add(identity)
      return []
    }
    const message = `${name} is "${values[name]}", who is among the attendees already. Name each once.`
    return [{ code: 'TAKEN', message, path: [...path, name] }]
  })
}
