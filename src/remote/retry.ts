import { setTimeout as sleep } from 'node:timers/promises'
import type { Outcome } from './attempt.ts'
import type { Deadline } from './deadline.ts'
import type { RemoteFailure } from './failure.ts'

export interface RetryOptions {
  /** Attempts after the first. */
  readonly retries: number
  readonly random: () => number
  readonly deadline: Deadline
}

const firstWaitMilliseconds = 50

/**
 * Tries until it succeeds, fails for good, or has no attempts left. The waits double, and vary by half, so that many who
 * failed at once do not come again at once.
 *
 * @throws RemoteFailure the last one
 */
export async function withRetries<Value>(
  attempt: () => Promise<Outcome<Value>>,
  { retries, random, deadline }: RetryOptions,
): Promise<Value> {
  let before: RemoteFailure | undefined
  for (let tried = 0; ; tried += 1) {
    const outcome = await attempt()
    if ('value' in outcome) return outcome.value
    // That the breaker opened meanwhile says less than why it did.
    if (outcome.failure.kind === 'BREAKER_OPEN') throw before ?? outcome.failure
    before = outcome.failure
    if (!outcome.again || tried >= retries) throw outcome.failure
    const wait = firstWaitMilliseconds * 2 ** tried * (0.5 + random() / 2)
    await sleep(wait, undefined, { signal: deadline.signal }).catch(() => {
      throw deadline.failure() ?? outcome.failure
    })
  }
}
