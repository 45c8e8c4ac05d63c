import type { Check, Records } from '@trellis/sdk'
import { sql } from 'kysely'
import { refusal } from '../../../lib/refusal.ts'
import { holdCalendars } from '../calendars/hold-calendars.ts'

type SlaPolicy = Records['SlaPolicy']

/** Refuses policies that go by a calendar without hours: what they promise would never be due. */
export const checkPolicies: Check<SlaPolicy> = async (changes, context) => {
  const counted = changes.flatMap(change => {
    const { action, before, values } = change
    const { calendarId } = { ...before, ...values }
    const isConcerned = action === 'restore' || values.calendarId !== undefined || values.isActive === true
    return action !== 'delete' && isConcerned && calendarId ? [{ change, calendarId }] : []
  })
  if (counted.length === 0) return []
  const ids = counted.map(({ calendarId }) => calendarId)
  await holdCalendars(ids, context)
  const { rows } = await sql<{ calendarId: string }>`
    select distinct "calendarId" from "BusinessInterval"
    where "calendarId" = any(${ids}) and "deletedAt" is null`.execute(context.database())
  const open = new Set(rows.map(({ calendarId }) => calendarId))
  return counted
    .filter(({ calendarId }) => !open.has(calendarId))
    .map(({ change, calendarId }) => {
      const field = ['calendarId', 'isActive'].find(name => name in change.input) ?? 'id'
      const message = `Calendar ${calendarId} has no business hours; give it some first.`
      return refusal(change, field, 'NO_BUSINESS_HOURS', message)
    })
}
