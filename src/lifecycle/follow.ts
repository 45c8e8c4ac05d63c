import type { Log } from '@trellis/sdk'
import { CompositionError } from '../composition/index.ts'
import type { Database } from '../database/database.ts'
import { describeFailure } from '../lib/describe-failure.ts'
import { readRevision } from './decisions.ts'

export interface FollowOptions {
  readonly database: Pick<Database, 'session'>
  readonly log: Log
  /** The revision that is served already. */
  readonly revision: number
  /** Whether all of it is. */
  readonly isWhole: boolean
  /**
   * Serves what was decided, and answers whether that is all of it: what is not is tried again, as what throws is. What cannot
   * be composed cannot be in a second either, so that a CompositionError is logged, and is over.
   */
  readonly follow: () => Promise<boolean>
  /** How often it is looked whether somebody has decided something, in ms; `null` for never. @default 1000 */
  readonly everyMs?: number | null
}

/** Follows what administrators decide, on whichever replica they do. */
export interface Follower {
  /** Looks now, tries again what could not be served, and is done when what was decided is. */
  readonly now: () => Promise<void>
  /** Looks a moment later: the transaction that decides something is not through yet. */
  readonly soon: () => void
  readonly stop: () => Promise<void>
}

/** Milliseconds after which a decision of our own is looked for: most transactions end at once. */
const soonMs = [10, 50, 200]

/** How long to wait before what could not be served is tried again: twice as long each time. */
const firstWaitMs = 1000
const longestWaitMs = 60_000

/** A statement a second on each replica; it tells of what others decide as of what is decided here. */
export function createFollower({
  database: { session },
  log,
  revision: served,
  isWhole: isServedWhole,
  follow,
  everyMs = 1000,
}: FollowOptions): Follower {
  let known = served
  /** Whether something is to be tried again. */
  let isOwed = !isServedWhole
  let waitMs = firstWaitMs
  let waiting: NodeJS.Timeout | undefined
  let isStopped = false
  let looking = Promise.resolve()
  const timers = new Set<NodeJS.Timeout>()

  const look = async (isAgain: boolean): Promise<void> => {
    try {
      const revision = await readRevision(session.sql)
      if (revision === known && !(isAgain && isOwed)) return
      known = revision
      isOwed = true
      isOwed = !(await follow())
    } catch (failure) {
      log.error({ err: describeFailure(failure) }, 'what was decided about extensions is not served')
      if (failure instanceof CompositionError) isOwed = false
    }
    if (isOwed) tryAgain()
    else waitMs = firstWaitMs
  }
  const next = (isAgain: boolean): Promise<void> => (looking = looking.then(() => look(isAgain)))
  const tryAgain = (): void => {
    if (waiting || everyMs === null || isStopped) return
    waiting = setTimeout(() => {
      waiting = undefined
      void next(true)
    }, waitMs).unref()
    waitMs = Math.min(waitMs * 2, longestWaitMs)
  }
  const timer = everyMs === null ? undefined : setInterval(() => void next(false), everyMs).unref()
  if (isOwed) tryAgain()
  return {
    now: () => next(true),
    soon() {
      if (everyMs === null) return
      for (const milliseconds of soonMs) {
        const once = setTimeout(() => {
          timers.delete(once)
          void next(false)
        }, milliseconds).unref()
        timers.add(once)
      }
    },
    stop() {
      isStopped = true
      clearInterval(timer)
      clearTimeout(waiting)
      for (const once of timers) clearTimeout(once)
      return looking
    },
  }
}
