import type { Change, Check, DataContext, Records, UserError } from '@trellis/sdk'
import { sql } from 'kysely'
import { type Attendee, attendeesIn, targetIdsIn } from './parts.ts'

type Activity = Records['Activity']

/** Parts that activities have, by the activity's id, each as one text. */
type Parts = ReadonlyMap<string, ReadonlySet<string>>

const identityOf = (attendee: Attendee): string =>
  JSON.stringify([
    attendee.contactId ?? attendee.leadId ?? attendee.userId ?? null,
    attendee.isOrganizer ?? false,
    attendee.response ?? 'NEEDS_ACTION',
  ])

const groupedBy = <Row extends { readonly activityId: string }>(
  rows: readonly Row[],
  textOf: (row: Row) => string,
): Parts =>
  new Map(
    [...Map.groupBy(rows, ({ activityId }) => activityId)].map(([id, some]) => [
      id,
      new Set(some.map(textOf)),
    ]),
  )

async function targetsOf(ids: readonly string[], { database }: DataContext): Promise<Parts> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ activityId: string; targetId: string }>`
    select "activityId", "targetId" from "ActivityTarget" where "activityId" = any(${ids}) and "deletedAt" is null`.execute(
    database(),
  )
  return groupedBy(rows, ({ targetId }) => targetId)
}

async function attendeesOf(ids: readonly string[], { database }: DataContext): Promise<Parts> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Attendee & { readonly activityId: string }>`
    select "activityId", "contactId", "leadId", "userId", "isOrganizer", response from "ActivityAttendee"
    where "activityId" = any(${ids}) and "deletedAt" is null`.execute(database())
  return groupedBy(rows, identityOf)
}

/** Ids as they are stored: that of a record that was merged is the one of the record that stayed. */
async function currentTarget(id: string, { loaders }: DataContext): Promise<string> {
  const found = await loaders.targets.byId.load(id)
  return found ? String(found.record['id']) : id
}

async function currentAttendee(attendee: Attendee, { loaders }: DataContext): Promise<Attendee> {
  const [contact, lead] = await Promise.all([
    attendee.contactId ? loaders.contacts.byId.load(attendee.contactId) : null,
    attendee.leadId ? loaders.leads.byId.load(attendee.leadId) : null,
  ])
  return { ...attendee, ...(contact && { contactId: contact.id }), ...(lead && { leadId: lead.id }) }
}

const isSame = (said: readonly string[], known: ReadonlySet<string> = new Set()): boolean =>
  new Set(said).size === known.size && said.every(one => known.has(one))

const refusal = (change: Change<Activity>, field: string, parts: string): UserError => ({
  code: 'NOT_CHANGEABLE',
  message: `${field} is set when the activity is created, and activity ${change.id} has others. Leave it out, or send the same; to change them, use ${parts}Create and ${parts}Delete.`,
  path: [...change.path, field],
})

/**
 * Refuses targets and attendees of an activity that is there already, as an import sends them, unless they are
 * those that it has: what they say would be lost otherwise.
 */
export const checkKnownParts: Check<Activity> = async (changes, context) => {
  const updates = changes.filter(({ action }) => action === 'update')
  const aiming = updates.filter(({ input }) => targetIdsIn(input) !== null)
  const inviting = updates.filter(({ input }) => attendeesIn(input) !== null)
  const idsOf = (some: readonly Change<Activity>[]) => some.map(({ id }) => id)
  const targets = await targetsOf(idsOf(aiming), context)
  const attendees = await attendeesOf(idsOf(inviting), context)
  const aimed = aiming.map(async change => {
    const said = (targetIdsIn(change.input) ?? []).map(id => currentTarget(id, context))
    const same = isSame(await Promise.all(said), targets.get(change.id))
    return same ? [] : [refusal(change, 'targetIds', 'activityTarget')]
  })
  const invited = inviting.map(async change => {
    const said = (attendeesIn(change.input) ?? []).map(attendee => currentAttendee(attendee, context))
    const same = isSame((await Promise.all(said)).map(identityOf), attendees.get(change.id))
    return same ? [] : [refusal(change, 'attendees', 'activityAttendee')]
  })
  return (await Promise.all([...aimed, ...invited])).flat()
}
