import type { Change, Check, DataContext, Records, UserError } from '@trellis/sdk'
import { sql } from 'kysely'
import { refusal } from '../../../lib/refusal.ts'
import { holdCalendars } from './hold-calendars.ts'

type BusinessInterval = Records['BusinessInterval']
type Hours = Pick<BusinessInterval, 'id' | 'calendarId' | 'weekday' | 'opensAt' | 'closesAt'>

/** The hours as the change leaves them; nothing where it deletes them, or where they are incomplete and refused for that. */
function hoursAfter({ action, id, before, values }: Change<BusinessInterval>): Hours | null {
  const { calendarId, weekday, opensAt, closesAt } = { ...before, ...values }
  if (action === 'delete' || !calendarId || !weekday || !opensAt || !closesAt) return null
  return { id, calendarId, weekday, opensAt, closesAt }
}

const overlap = (one: Hours, other: Hours): boolean =>
  one.id !== other.id &&
  one.calendarId === other.calendarId &&
  one.weekday === other.weekday &&
  one.opensAt < other.closesAt &&
  other.opensAt < one.closesAt

/** The field that the caller has a say in, of several that something is wrong with. */
const saidOf = ({ action, values }: Change<BusinessInterval>, ...fields: readonly (keyof Hours)[]): string =>
  action === 'restore' ? 'id' : (fields.find(field => values[field] !== undefined) ?? 'id')

function problemOf(
  change: Change<BusinessInterval>,
  after: Hours,
  others: Iterable<Hours>,
): UserError | null {
  const { weekday, opensAt, closesAt } = after
  if (closesAt <= opensAt) {
    const message = `closesAt is ${closesAt}; it has to be after opensAt, which is ${opensAt}.`
    return refusal(change, saidOf(change, 'closesAt', 'opensAt'), 'OUT_OF_RANGE', message)
  }
  const other = [...others].find(known => overlap(after, known))
  if (!other) return null
  const message = `The calendar has hours from ${other.opensAt} to ${other.closesAt} on ${weekday}, which those from ${opensAt} to ${closesAt} overlap.`
  return refusal(change, saidOf(change, 'opensAt', 'closesAt', 'weekday'), 'OVERLAP', message)
}

/** The hours that calendars have. */
async function readHours(calendarIds: readonly string[], context: DataContext): Promise<readonly Hours[]> {
  const { rows } = await sql<Hours>`
    select id, "calendarId", weekday, "opensAt", "closesAt" from "BusinessInterval"
    where "calendarId" = any(${calendarIds}) and "deletedAt" is null`.execute(context.database())
  return rows
}

/** Those of the calendars that cases are promised something by. */
async function reliedOn(calendarIds: readonly string[], context: DataContext): Promise<ReadonlySet<string>> {
  if (calendarIds.length === 0) return new Set()
  const { rows } = await sql<{ calendarId: string }>`
    select distinct "calendarId" from "SlaPolicy"
    where "calendarId" = any(${calendarIds}) and "isActive" and "deletedAt" is null`.execute(
    context.database(),
  )
  return new Set(rows.map(({ calendarId }) => calendarId))
}

/** Refuses to delete the last hours of a calendar that active SLA policies go by. */
async function keepLastHours(
  changes: readonly Change<BusinessInterval>[],
  left: Iterable<Hours>,
  context: DataContext,
): Promise<readonly UserError[]> {
  const open = new Set([...left].map(({ calendarId }) => calendarId))
  const emptied = changes.filter(
    ({ action, before }) => action === 'delete' && before && !open.has(before.calendarId),
  )
  const needed = await reliedOn(
    emptied.flatMap(({ before }) => before?.calendarId ?? []),
    context,
  )
  const message = 'These are the last hours of a calendar that active SLA policies go by; add others first.'
  return emptied
    .filter(({ before }) => before && needed.has(before.calendarId))
    .map(change => refusal(change, 'id', 'IN_USE', message))
}

/** Keeps the hours of a day apart from each other, each of them ending after it begins. */
export const checkIntervals: Check<BusinessInterval> = async (changes, context) => {
  const calendarIds = changes.flatMap(({ before, values }) => before?.calendarId ?? values.calendarId ?? [])
  await holdCalendars(calendarIds, context)
  const known = new Map((await readHours(calendarIds, context)).map(hours => [hours.id, hours]))
  const problems: UserError[] = []
  for (const change of changes) {
    const after = hoursAfter(change)
    const problem = after && problemOf(change, after, known.values())
    if (problem) problems.push(problem)
    else if (after) known.set(change.id, after)
    else known.delete(change.id)
  }
  return [...problems, ...(await keepLastHours(changes, known.values(), context))]
}
