import type { Check, Records } from '@trellis/sdk'
import { sql } from 'kysely'
import { refusal } from '../refusal.ts'
import { holdCalendars } from './hold-calendars.ts'

type Holiday = Records['Holiday']
type Day = Pick<Holiday, 'id' | 'calendarId' | 'date'>

const keyOf = ({ calendarId, date }: Pick<Day, 'calendarId' | 'date'>): string => `${calendarId} ${date}`

/** Keeps a calendar from having the same day twice. */
export const checkHolidays: Check<Holiday> = async (changes, context) => {
  const days = changes.flatMap(change => {
    const { calendarId, date } = { ...change.before, ...change.values }
    return change.action === 'delete' || !calendarId || !date ? [] : [{ change, calendarId, date }]
  })
  if (days.length === 0) return []
  const calendarIds = days.map(({ calendarId }) => calendarId)
  await holdCalendars(calendarIds, context)
  const { rows } = await sql<Day>`
    select id, "calendarId", date from "Holiday"
    where "calendarId" = any(${calendarIds}) and date = any(${days.map(({ date }) => date)}::date[]) and "deletedAt" is null`.execute(
    context.database(),
  )
  const holders = new Map(rows.map(day => [keyOf(day), day.id]))
  return days.flatMap(({ change, ...day }) => {
    const holder = holders.get(keyOf(day)) ?? change.id
    holders.set(keyOf(day), holder)
    if (holder === change.id) return []
    const message = `The calendar has a holiday on ${day.date} already.`
    return [refusal(change, change.action === 'restore' ? 'id' : 'date', 'TAKEN', message)]
  })
}
