import { setTimeout as sleep } from 'node:timers/promises'

export interface RetryOptions {
  /** Whether trying again may help. */
  readonly isPassing: (error: unknown) => boolean
  /** Told before each wait. */
  readonly onWait: (error: unknown, milliseconds: number) => void
  /** For how long to try; long enough for a gateway to be started again. @default 120000 */
  readonly patience?: number
  /** @default the clock */
  readonly wait?: (milliseconds: number) => Promise<unknown>
}

const first = 250
const longest = 5000

/**
 * Tries until it works, waiting twice as long each time.
 *
 * @throws whatever `attempt` throws that does not pass, or has not passed when the patience is over
 */
export async function retry<Result>(
  attempt: () => Promise<Result>,
  { isPassing, onWait, patience = 120_000, wait = sleep }: RetryOptions,
): Promise<Result> {
  let waited = 0
  for (let pause = first; ; pause = Math.min(pause * 2, longest)) {
    try {
      return await attempt()
    } catch (error) {
      if (!isPassing(error) || waited >= patience) throw error
      onWait(error, pause)
      await wait(pause)
      waited += pause
    }
  }
}
