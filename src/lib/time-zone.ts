import { Temporal } from 'temporal-polyfill'

/** The instant at which a day begins, such as `2026-03-29`, in an IANA time zone; not always at midnight. */
export const startOfDay = (day: string, timeZone: string): Date =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone }).epochMilliseconds)

/** The day after a day: `2026-03-01` for `2026-02-28`. */
export const dayAfter = (day: string): string => Temporal.PlainDate.from(day).add({ days: 1 }).toString()

/**
 * Names that PostgreSQL takes for abbreviations, of an offset that stays the same in summer
 * (https://www.postgresql.org/docs/current/datetime-config-files.html), or does not take at all.
 */
const readOtherwise: ReadonlySet<string> = new Set(['CET', 'EET', 'MET', 'WET', 'US/PACIFIC-NEW'])

/** Whether there is a time zone of this name, and the same one to Temporal and to PostgreSQL. */
export function isTimeZone(name: string): boolean {
  // PostgreSQL reads an offset such as +08:00 as POSIX does, where it lies west of Greenwich.
  if (!/^[a-z]/i.test(name) || readOtherwise.has(name.toUpperCase())) return false
  try {
    return Temporal.Instant.fromEpochMilliseconds(0).toZonedDateTimeISO(name) !== null
  } catch {
    return false
  }
}
