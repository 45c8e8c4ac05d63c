import type { Change, Check, Effect, Records, UserError } from '@trellis/sdk'

type Activity = Records['Activity']

/** Targets, and attendees, of one new activity, at most. */
const most = 100

export interface Attendee {
  readonly contactId?: string | null
  readonly leadId?: string | null
  readonly userId?: string | null
  readonly isOrganizer?: boolean
  readonly response?: Records['ActivityAttendee']['response']
}

const isText = (value: unknown): value is string => typeof value === 'string'
const isAttendee = (value: unknown): value is Attendee => typeof value === 'object' && value !== null

/** What an input says of an activity beside its own fields; `null` where it says nothing of it. */
export const targetIdsIn = ({ targetIds }: Change['input']): readonly string[] | null =>
  Array.isArray(targetIds) ? targetIds.filter(isText) : null
export const attendeesIn = ({ attendees }: Change['input']): readonly Attendee[] | null =>
  Array.isArray(attendees) ? attendees.filter(isAttendee) : null

const targetIdsOf = ({ action, input }: Change<Activity>): readonly string[] =>
  action === 'create' ? (targetIdsIn(input) ?? []) : []
const attendeesOf = ({ action, input }: Change<Activity>): readonly Attendee[] =>
  action === 'create' ? (attendeesIn(input) ?? []) : []

/** Refuses lists that are too long; what is in them is refused where it is written. */
export const checkParts: Check<Activity> = changes =>
  changes.flatMap(change =>
    Object.entries({ targetIds: targetIdsOf(change), attendees: attendeesOf(change) }).flatMap(
      ([name, { length }]): readonly UserError[] =>
        length <= most
          ? []
          : [
              {
                code: 'TOO_LONG',
                message: `${name} has ${length} entries; ${most} are allowed.`,
                path: [...change.path, name],
              },
            ],
    ),
  )

/** Writes the targets and the attendees of new activities, those of all together. */
export const writeParts: Effect<Activity> = async (changes, { services }) => {
  const targets = changes.flatMap(change =>
    targetIdsOf(change).map((targetId, index) => ({
      values: { activityId: change.id, targetId },
      path: [...change.path, 'targetIds', String(index)],
    })),
  )
  const attendees = changes.flatMap(change =>
    attendeesOf(change).map((attendee, index) => ({
      values: { ...attendee, activityId: change.id },
      path: [...change.path, 'attendees', String(index)],
    })),
  )
  if (targets.length > 0) await services.activityTargets.insert(targets)
  if (attendees.length > 0) await services.activityAttendees.insert(attendees)
}
