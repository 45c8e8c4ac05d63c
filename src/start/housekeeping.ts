import type { Log } from '@trellis/sdk'
import type { Database } from '../database/database.ts'
import { forgetOldAnswers } from '../gateway/mutation/idempotency.ts'
import { describeFailure } from '../lib/describe-failure.ts'
import type { DiskStorage } from '../storage/disk-storage.ts'

const hour = 60 * 60 * 1000

/** Longer than anything takes to come in: what was staged before is nobody's any more. */
const stagedHours = 24

export interface HousekeepingOptions {
  readonly database: Pick<Database, 'session'>
  readonly disk: Pick<DiskStorage, 'removeStaged'>
  readonly log: Log
}

/** Does what has to be done from time to time, at the start and then every six hours, until it is stopped. */
export function keepHouse({ database: { session }, disk, log }: HousekeepingOptions): {
  readonly stop: () => Promise<void>
} {
  const attempt = async (work: () => Promise<unknown>, complaint: string): Promise<void> => {
    try {
      await work()
    } catch (failure) {
      log.warn({ err: describeFailure(failure) }, complaint)
    }
  }
  const clean = async (): Promise<void> => {
    await attempt(() => forgetOldAnswers(session), 'old idempotency records were not removed')
    const old = new Date(Date.now() - stagedHours * hour)
    await attempt(() => disk.removeStaged(old), 'what was left of broken uploads was not removed')
  }
  let cleaning = clean()
  const timer = setInterval(() => {
    cleaning = clean()
  }, 6 * hour)
  // Housekeeping alone is no reason to stay.
  timer.unref()
  return {
    stop() {
      clearInterval(timer)
      return cleaning
    },
  }
}
