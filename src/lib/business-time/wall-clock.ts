import { Temporal } from 'temporal-polyfill'

/** A stretch of time in which the clocks of a zone run on without being put forward or back. */
export interface Stretch {
  /** Instants, in milliseconds since 1970 in UTC; the second is not in it any more, and infinite for the last. */
  readonly from: number
  readonly until: number
  /** What the clocks are ahead of UTC, in milliseconds. */
  readonly ahead: number
}

/** The stretch that an instant is in. */
export type WallClock = (instant: number) => Stretch

const milliseconds = (zoned: Temporal.ZonedDateTime | null): number | undefined => zoned?.epochMilliseconds

/** The clocks of an IANA time zone. What it was asked is remembered: to find when clocks change takes Temporal a while. */
export function createWallClock(timeZone: string): WallClock {
  const known: Stretch[] = []
  return instant => {
    const found = known.find(({ from, until }) => from <= instant && instant < until)
    if (found) return found
    const here = Temporal.Instant.fromEpochMilliseconds(instant).toZonedDateTimeISO(timeZone)
    // `previous` looks strictly before, and the clocks may have changed at this very instant.
    const behind = here.add({ milliseconds: 1 }).getTimeZoneTransition('previous')
    const stretch = {
      from: milliseconds(behind) ?? Number.NEGATIVE_INFINITY,
      until: milliseconds(here.getTimeZoneTransition('next')) ?? Number.POSITIVE_INFINITY,
      ahead: here.offsetNanoseconds / 1_000_000,
    }
    known.push(stretch)
    return stretch
  }
}
