import type { Clock } from './clock.ts'

/** For how long something was up, of the time that it was watched. */
export interface Uptime {
  readonly set: (isUp: boolean) => void
  /** U/T: the share of the last so many milliseconds, or of all time since the start, in which it was up. */
  readonly availability: (windowMs?: number) => number
  /** For how many milliseconds it was watched, of the last so many. */
  readonly watchedFor: (windowMs?: number) => number
}

export interface UptimeOptions {
  readonly clock: Clock
  /** The longest window that is asked for, in milliseconds; older times are kept as their sum. */
  readonly windowMs: number
}

export function createUptime({ clock, windowMs }: UptimeOptions): Uptime {
  const startedAt = clock.now()
  const downs: { from: number; to: number }[] = []
  let longAgo = 0
  let downSince: number | null = null

  const forget = (before: number): void => {
    for (let first = downs[0]; first && first.to < before; first = downs[0]) {
      longAgo += first.to - first.from
      downs.shift()
    }
  }
  return {
    set(isUp) {
      const now = clock.now()
      if (!isUp) downSince ??= now
      else if (downSince !== null) {
        downs.push({ from: downSince, to: now })
        downSince = null
        forget(now - windowMs)
      }
    },
    watchedFor: (window = Number.POSITIVE_INFINITY) => Math.min(clock.now() - startedAt, window),
    availability(window) {
      const now = clock.now()
      const from = window === undefined ? startedAt : Math.max(startedAt, now - window)
      const all = downSince === null ? downs : [...downs, { from: downSince, to: now }]
      const recent = all.reduce((sum, down) => sum + Math.max(0, down.to - Math.max(down.from, from)), 0)
      const down = recent + (window === undefined ? longAgo : 0)
      return now === from ? (downSince === null ? 1 : 0) : 1 - down / (now - from)
    },
  }
}
