import { setTimeout as sleep } from 'node:timers/promises'
import type { PrimaryLog } from './log.ts'

/** Milliseconds to wait before what is missing is replaced: longer with each time that this fails. */
const shortestWait = 100
const longestWait = 30_000

export interface RestoringOptions {
  readonly isMissing: () => boolean
  /** Replaces what is missing. */
  readonly replace: () => Promise<void>
  /** Ends it all. */
  readonly signal: AbortSignal
  readonly log: PrimaryLog
  /** Waits so many milliseconds, or until the signal. @default by the clock */
  readonly pause?: ((milliseconds: number, signal: AbortSignal) => Promise<unknown>) | undefined
}

export interface Restoring {
  /** Replaces what is missing until nothing is. */
  readonly restore: () => Promise<void>
  /** The next wait is the shortest again. */
  readonly relax: () => void
}

/** One attempt after the other, however often it is asked: those who die together are missing together. */
export function createRestoring({
  isMissing,
  replace,
  signal,
  log,
  pause = (milliseconds, until) => sleep(milliseconds, undefined, { signal: until }),
}: RestoringOptions): Restoring {
  let wait = shortestWait
  let isUnderWay = false
  const relax = (): void => {
    wait = shortestWait
  }
  return {
    relax,
    async restore() {
      if (isUnderWay) return
      isUnderWay = true
      while (isMissing() && !signal.aborted) {
        await pause(wait, signal).catch(() => undefined)
        wait = Math.min(wait * 2, longestWait)
        try {
          await replace()
          setTimeout(relax, longestWait).unref()
        } catch (failure) {
          log.error({ failure: String(failure) }, 'a worker could not be started')
        }
      }
      isUnderWay = false
    },
  }
}
