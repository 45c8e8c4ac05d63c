import type { Fail } from './fail.ts'
import type { RemoteFailure } from './failure.ts'

/** The time that a call has: over when it has passed, when the caller gives up, or when the executor is closed. */
export interface Deadline extends Disposable {
  readonly signal: AbortSignal
  /** Why it is over; undefined while it is not. */
  readonly failure: () => RemoteFailure | undefined
  /** No time passes; the caller may still give up. */
  readonly pause: () => void
  /** So many milliseconds from now; `what` says that they have passed, after `The extension "reviews" `. */
  readonly restart: (milliseconds: number, what: string) => void
}

export interface DeadlineOptions {
  readonly milliseconds: number
  readonly fail: Fail
  /** The caller's, and the executor's own. */
  readonly signals: readonly (AbortSignal | undefined)[]
}

/** `AbortSignal.any` and `timeout` would do, but hold what they listen to until it is collected; calls are many. */
export function startDeadline({ milliseconds, fail, signals }: DeadlineOptions): Deadline {
  const controller = new AbortController()
  let over: RemoteFailure | undefined
  const end = (failure: RemoteFailure): void => {
    over ??= failure
    controller.abort(over)
  }
  const giveUp = (event: Pick<Event, 'target'>): void => {
    const { target } = event
    const reason: unknown = target instanceof AbortSignal ? target.reason : undefined
    if (reason instanceof Error && reason.name === 'TimeoutError')
      end(fail('TIMEOUT', 'did not answer before its caller gave it up.', { cause: reason }))
    else end(fail('ABORTED', 'was not waited for: the call was given up.', { cause: reason }))
  }
  let timer: NodeJS.Timeout | undefined
  const pause = (): void => clearTimeout(timer)
  const restart = (time: number, what: string): void => {
    pause()
    timer = setTimeout(() => end(fail('TIMEOUT', what)), time)
  }
  restart(milliseconds, `did not answer within ${milliseconds} ms.`)
  for (const signal of signals) {
    if (signal?.aborted) giveUp({ target: signal })
    signal?.addEventListener('abort', giveUp, { once: true })
  }
  return {
    signal: controller.signal,
    failure: () => over,
    pause,
    restart,
    [Symbol.dispose]: () => {
      pause()
      for (const signal of signals) signal?.removeEventListener('abort', giveUp)
    },
  }
}
