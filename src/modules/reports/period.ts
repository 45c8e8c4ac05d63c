import { type Filter, TrellisError } from '@trellis/sdk'
import type { DateBucket, ReportPeriod } from '../../generated/resolvers.ts'
import { dayAfter, isTimeZone, startOfDay } from '../../lib/time-zone.ts'

/** The first and the last instant that are kept: a day of another time zone may begin before, or end after them. */
const first = new Date('0001-01-01T00:00:00.000Z')
const last = new Date('9999-12-31T23:59:59.999Z')

const notBeforeFirst = (instant: Date): Date => (instant < first ? first : instant)

/** The condition that an instant is before a day. */
function before(day: string, timeZone: string): Filter {
  const start = startOfDay(day, timeZone)
  return start > last ? { lte: last } : { lt: start }
}

/**
 * The condition that an instant, or a date, is within the days of a period; `null` for all days.
 *
 * @throws TrellisError `BAD_INPUT` for days in the wrong order, or a time zone that there is not
 */
export function within(period: ReportPeriod | null | undefined, kind: 'instant' | 'date'): Filter | null {
  const { from, to, timeZone } = period ?? {}
  if (timeZone && !isTimeZone(timeZone))
    throw new TrellisError(
      'BAD_INPUT',
      `timeZone is "${timeZone}"; it takes an IANA name such as Asia/Shanghai.`,
    )
  if (!from && !to) return null
  if (from && to && to < from)
    throw new TrellisError('BAD_INPUT', `period ends on ${to}, before it begins on ${from}.`)
  if (kind === 'date') return { ...(from && { gte: from }), ...(to && { lte: to }) }
  const zone = timeZone ?? 'UTC'
  return {
    ...(from && { gte: notBeforeFirst(startOfDay(from, zone)) }),
    ...(to && before(dayAfter(to), zone)),
  }
}

/** What a period is called, by its first day: `2026-Q1`, `2026-03`. */
export function periodLabel(firstDay: string, bucket: DateBucket): string {
  const [year = '', month = ''] = firstDay.split('-')
  switch (bucket) {
    case 'YEAR':
      return year
    case 'QUARTER':
      return `${year}-Q${Math.ceil(Number(month) / 3)}`
    case 'MONTH':
      return `${year}-${month}`
    case 'WEEK':
    case 'DAY':
      return firstDay
  }
}
