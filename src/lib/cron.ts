import { createRequire } from 'node:module'

/** Loaded when the first schedule is read: a start without any does without its calendar. */
const parser = (): typeof import('cron-parser') => createRequire(import.meta.url)('cron-parser')

export interface Schedule {
  /** Five fields: minute, hour, day of the month, month, day of the week. */
  readonly expression: string
  readonly timeZone: string
}

/**
 * The next moment of a schedule after this one.
 *
 * @throws Error when the expression has not five fields that are understood, or the time zone is not one
 */
export function nextMoment({ expression, timeZone }: Schedule, after: Date): Date {
  const fields = expression.trim().split(/\s+/)
  if (fields.length !== 5)
    throw new Error(
      `"${expression}" has ${fields.length} fields; five are minute, hour, day, month, weekday.`,
    )
  return parser().CronExpressionParser.parse(expression, { currentDate: after, tz: timeZone }).next().toDate()
}
