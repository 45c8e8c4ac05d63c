import type { DataContext } from '@trellis/sdk'
import { sql } from 'kysely'
import {
  type BusinessClock,
  type CalendarHours,
  createBusinessClock,
} from '../../../lib/business-time/business-clock.ts'

interface StoredCalendar extends CalendarHours {
  readonly id: string
}

/**
 * The clocks of calendars, all read by one statement. What is promised does not depend on who writes a case down,
 * so nobody's rights are looked at; nothing of a calendar is answered.
 */
export async function readClocks(
  ids: readonly string[],
  context: DataContext,
): Promise<ReadonlyMap<string, BusinessClock>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<StoredCalendar>`
    select id, "timeZone",
      array(
        select json_build_object('weekday', weekday, 'opensAt', "opensAt", 'closesAt', "closesAt")
        from "BusinessInterval" as part where part."calendarId" = calendar.id and part."deletedAt" is null
      ) as hours,
      array(
        select date::text from "Holiday" as part where part."calendarId" = calendar.id and part."deletedAt" is null
      ) as holidays
    from "BusinessCalendar" as calendar where id = any(${[...new Set(ids)]})`.execute(context.database())
  return new Map(rows.map(({ id, ...calendar }) => [id, createBusinessClock(calendar)]))
}
