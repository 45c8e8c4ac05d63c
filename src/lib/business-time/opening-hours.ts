/** The days of the week, in their order. */
export const weekdays = [
  'MONDAY',
  'TUESDAY',
  'WEDNESDAY',
  'THURSDAY',
  'FRIDAY',
  'SATURDAY',
  'SUNDAY',
] as const

/** Hours of a day of the week. */
export interface Opening {
  readonly weekday: (typeof weekdays)[number]
  /** Such as `09:00`. */
  readonly opensAt: string
  /** Later on that day, `24:00` at the latest. */
  readonly closesAt: string
}

export interface OpeningHoursOptions {
  /** Those of a day do not overlap. */
  readonly hours: readonly Opening[]
  /** Days without hours, such as `2026-10-01`. */
  readonly holidays: readonly string[]
}

/**
 * When a team works, by the clock on its wall. Its times are milliseconds since 1970-01-01 as if that clock
 * ran on like UTC; what is put forward and back is looked after elsewhere.
 */
export interface OpeningHours {
  /** Whether there are any in a week without holidays. */
  readonly hasAny: boolean
  /** Milliseconds of them from one time to another. */
  readonly between: (from: number, until: number) => number
}

const day = 86_400_000
const week = 7 * day

/** 1970-01-01 was a Thursday. */
const sinceMonday = 3 * day

/** `09:30` in milliseconds after midnight. */
function timeOfDay(text: string): number {
  const [hours = 0, minutes = 0] = text.split(':').map(Number)
  return (hours * 60 + minutes) * 60_000
}

/** As milliseconds after the beginning of Monday. */
const spanOf = ({ weekday, opensAt, closesAt }: Opening) => {
  const midnight = weekdays.indexOf(weekday) * day
  return { from: midnight + timeOfDay(opensAt), until: midnight + timeOfDay(closesAt) }
}

/** The index of the first that is not less; `sorted.length` when all are. */
function firstFrom(sorted: readonly number[], least: number): number {
  let [low, high] = [0, sorted.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((sorted[middle] ?? least) < least) low = middle + 1
    else high = middle
  }
  return low
}

/** Makes opening hours that answer in the same time however far apart two times are, but for the holidays between them. */
export function createOpeningHours({ hours, holidays }: OpeningHoursOptions): OpeningHours {
  const spans = hours.map(spanOf)
  const inWeek = spans.reduce((sum, { from, until }) => sum + until - from, 0)
  const closed = [...new Set(holidays)].map(date => Date.parse(`${date}T00:00:00Z`)).toSorted((a, b) => a - b)

  /** Hours of weeks without holidays up to a time, counted from a Monday that does not matter. */
  const upTo = (time: number): number => {
    const passed = time + sinceMonday
    const weeks = Math.floor(passed / week)
    const rest = passed - weeks * week
    return spans.reduce(
      (sum, { from, until }) => sum + Math.min(Math.max(rest - from, 0), until - from),
      weeks * inWeek,
    )
  }

  const between = (from: number, until: number): number => {
    if (until <= from) return 0
    let sum = upTo(until) - upTo(from)
    for (let index = firstFrom(closed, from - day + 1); index < closed.length; index += 1) {
      const midnight = closed[index] ?? until
      if (midnight >= until) break
      sum -= upTo(Math.min(until, midnight + day)) - upTo(Math.max(from, midnight))
    }
    return sum
  }

  return { hasAny: inWeek > 0, between }
}
