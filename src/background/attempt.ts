import { describeFailure } from '../lib/describe-failure.ts'
import type { BackgroundLog } from './background-options.ts'

/** Does work of which nobody hears how it went; the log has it, with this complaint, when it fails. */
export type Attempt = (work: () => Promise<unknown>, complaint: string) => Promise<void>

export const createAttempt =
  (log: BackgroundLog): Attempt =>
  async (work, complaint) => {
    try {
      await work()
    } catch (failure) {
      log.warn({ err: describeFailure(failure) }, complaint)
    }
  }
