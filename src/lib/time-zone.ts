import { Temporal } from 'temporal-polyfill'

/** The instant at which a day begins, such as `2026-03-29`, in an IANA time zone; not always at midnight. */
export const startOfDay = (day: string, timeZone: string): Date =>
  new Date(Temporal.PlainDate.from(day).toZonedDateTime({ timeZone }).epochMilliseconds)

/** The day after a day: `2026-03-01` for `2026-02-28`. */
export const dayAfter = (day: string): string => Temporal.PlainDate.from(day).add({ days: 1 }).toString()

/** Whether there is a time zone of this name, to Node and to PostgreSQL. */
export function isTimeZone(name: string): boolean {
  // An offset such as +08:00 is one to Intl; PostgreSQL reads it as POSIX does, where it lies west of Greenwich.
  if (!/^[a-z]/i.test(name)) return false
  try {
    return Intl.DateTimeFormat('en', { timeZone: name }) !== null
  } catch {
    return false
  }
}
