/** How long to wait before a process that ended is started again, in milliseconds. */
export interface BackOff {
  /** The wait after an end now, of a process that ran for so long. */
  readonly after: (ranMs: number) => number
}

export interface BackOffOptions {
  /** @default 250 */
  readonly firstMs?: number
  /** With the start itself, an extension that is well again is back within ten seconds. @default 5000 */
  readonly longestMs?: number
  /** A process that ran so long was well: the next wait is the first one again. @default 60000 */
  readonly wellMs?: number
  /** From 0 to below 1, for jitter. @default Math.random */
  readonly random?: () => number
}

/** Waits that double with each end, shortened at random by a quarter at most so that processes do not start in step. */
export function createBackOff({
  firstMs = 250,
  longestMs = 5000,
  wellMs = 60_000,
  random = Math.random,
}: BackOffOptions = {}): BackOff {
  let wait = firstMs
  return {
    after(ranMs) {
      if (ranMs >= wellMs) wait = firstMs
      const now = wait * (1 - random() / 4)
      wait = Math.min(wait * 2, longestMs)
      return Math.round(now)
    },
  }
}
