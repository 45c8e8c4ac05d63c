import type { Log } from '@trellis/sdk'
import type { Database } from '../database/database.ts'
import { describeFailure } from '../lib/describe-failure.ts'
import { readRevision } from './decisions.ts'

export interface FollowOptions {
  readonly database: Pick<Database, 'session'>
  readonly log: Log
  /** The revision that is served already. */
  readonly revision: number
  /** Serves what was decided. What it throws is logged; it is tried again with the next decision. */
  readonly follow: () => Promise<void>
  /** How often it is looked whether somebody has decided something, in ms; `null` for never. @default 1000 */
  readonly everyMs?: number | null
}

/** Follows what administrators decide, on whichever replica they do. */
export interface Follower {
  /** Looks now, and is done when what was decided is served. */
  readonly now: () => Promise<void>
  /** Looks a moment later: the transaction that decides something is not through yet. */
  readonly soon: () => void
  readonly stop: () => Promise<void>
}

/** Milliseconds after which a decision of our own is looked for: most transactions end at once. */
const soonMs = [10, 50, 200]

/** A statement a second on each replica; it tells of what others decide as of what is decided here. */
export function createFollower({
  database: { session },
  log,
  revision: served,
  follow,
  everyMs = 1000,
}: FollowOptions): Follower {
  let known = served
  let looking = Promise.resolve()
  const timers = new Set<NodeJS.Timeout>()

  const look = async (): Promise<void> => {
    try {
      const revision = await readRevision(session.sql)
      if (revision === known) return
      // Before it is followed: what cannot be served now cannot be in a second either.
      known = revision
      await follow()
    } catch (failure) {
      log.error({ err: describeFailure(failure) }, 'what was decided about extensions is not served')
    }
  }
  const now = (): Promise<void> => (looking = looking.then(look))
  const timer = everyMs === null ? undefined : setInterval(() => void now(), everyMs).unref()
  return {
    now,
    soon() {
      if (everyMs === null) return
      for (const milliseconds of soonMs) {
        const once = setTimeout(() => {
          timers.delete(once)
          void now()
        }, milliseconds).unref()
        timers.add(once)
      }
    },
    stop() {
      clearInterval(timer)
      for (const once of timers) clearTimeout(once)
      return looking
    },
  }
}
