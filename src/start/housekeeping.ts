import type { Log } from '@trellis/sdk'
import type { Database } from '../database/database.ts'
import { forgetOldAnswers } from '../gateway/mutation/idempotency.ts'
import { describeFailure } from '../lib/describe-failure.ts'

const sixHours = 6 * 60 * 60 * 1000

/** Does what has to be done from time to time, at the start and then every six hours, until it is stopped. */
export function keepHouse({ session }: Database, log: Log): { readonly stop: () => Promise<void> } {
  const clean = async (): Promise<void> => {
    try {
      await forgetOldAnswers(session)
    } catch (failure) {
      log.warn({ err: describeFailure(failure) }, 'old idempotency records were not removed')
    }
  }
  let cleaning = clean()
  const timer = setInterval(() => {
    cleaning = clean()
  }, sixHours)
  // Housekeeping alone is no reason to stay.
  timer.unref()
  return {
    stop() {
      clearInterval(timer)
      return cleaning
    },
  }
}
