import type { Log } from '@trellis/sdk'
import type { Database } from '../database/database.ts'
import { describeFailure } from '../lib/describe-failure.ts'
import { createTimeline } from '../modules/activities/timeline.ts'
import { failOverdue, mostAtOnce } from '../modules/support/sla/fail-overdue.ts'

const minute = 60_000

export interface WatchPromisesOptions {
  readonly database: Pick<Database, 'begin'>
  readonly log: Log
  /** @default the clock */
  readonly now?: () => Date
}

/** Notices every minute, from the start on until it is stopped, which promises to customers were broken since. */
export function watchPromises({ database, log, now = () => new Date() }: WatchPromisesOptions): {
  readonly stop: () => Promise<void>
} {
  const sweepOnce = async (): Promise<number> => {
    const transaction = await database.begin()
    try {
      const [at, own] = [now(), transaction.session.sql]
      const timeline = createTimeline({ database: own, now: at, by: null })
      const count = await failOverdue({ database: own, now: at, timeline })
      await transaction.commit()
      return count
    } catch (failure) {
      await transaction.rollback()
      throw failure
    }
  }
  const sweep = async (): Promise<void> => {
    try {
      while ((await sweepOnce()) === mostAtOnce);
    } catch (failure) {
      log.warn({ err: describeFailure(failure) }, 'promises that were broken were not noticed')
    }
  }

  let sweeping = sweep()
  const timer = setInterval(() => {
    // One at a time: what takes longer than a minute is not helped by a second one.
    sweeping = sweeping.then(sweep)
  }, minute)
  // To keep watch alone is no reason to stay.
  timer.unref()
  return {
    stop() {
      clearInterval(timer)
      return sweeping
    },
  }
}
