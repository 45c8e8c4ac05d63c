import { createOpeningHours, type OpeningHoursOptions } from './opening-hours.ts'
import { createWallClock } from './wall-clock.ts'

/** When a team works, and where its clock hangs. */
export interface CalendarHours extends OpeningHoursOptions {
  /** IANA name. */
  readonly timeZone: string
}

/**
 * Counts business time. An instant is in it when the clock on the wall then shows a time within the hours of a
 * day that is no holiday: an hour that is skipped in spring does not count, one that is repeated in autumn counts twice.
 */
export interface BusinessClock {
  /** Whole seconds of business time from one instant to another; 0 when the other is not later. */
  between(from: Date, until: Date): number
  /** The earliest instant by which that much has passed; `null` when it takes more than a hundred years. */
  add(from: Date, seconds: number): Date | null
}

/** As far ahead as anybody promises anything; keeps the work for calendars with hardly any hours within bounds. */
const horizon = 100 * 366 * 86_400_000

/** The clock of whoever always works. */
export const aroundTheClock: BusinessClock = {
  between: (from, until) => Math.max(0, Math.floor((until.getTime() - from.getTime()) / 1000)),
  add: (from, seconds) => new Date(from.getTime() + seconds * 1000),
}

/** Makes the clock of a calendar. Each change of its zone's clocks costs a step, a million quiet minutes cost nothing. */
export function createBusinessClock({ timeZone, ...options }: CalendarHours): BusinessClock {
  const stretchAt = createWallClock(timeZone)
  const hours = createOpeningHours(options)

  return {
    between(from, until) {
      const end = until.getTime()
      let sum = 0
      for (let here = from.getTime(); here < end; ) {
        const { until: next, ahead } = stretchAt(here)
        const there = Math.min(next, end)
        sum += hours.between(here + ahead, there + ahead)
        here = there
      }
      return Math.floor(sum / 1000)
    },

    add(from, seconds) {
      if (seconds <= 0) return from
      if (!hours.hasAny) return null
      let rest = seconds * 1000
      const end = from.getTime() + horizon
      for (let here = from.getTime(); here < end; ) {
        const { until: next, ahead } = stretchAt(here)
        const there = Math.min(next, end)
        const passed = hours.between(here + ahead, there + ahead)
        if (passed >= rest)
          return new Date(earliest(here, there, at => hours.between(here + ahead, at + ahead) >= rest))
        rest -= passed
        here = there
      }
      return null
    },
  }
}

/** The first whole number after one and up to another of which something is true that stays true after it. */
function earliest(after: number, upTo: number, isTrue: (at: number) => boolean): number {
  let [low, high] = [after, upTo]
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2)
    if (isTrue(middle)) high = middle
    else low = middle
  }
  return high
}
