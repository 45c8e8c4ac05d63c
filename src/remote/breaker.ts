import type { RemoteBreaker } from '@trellis/sdk'

/** Leave to send one request; its outcome is told once. */
export interface Permit {
  succeeded(): void
  failed(): void
  /** Neither: the caller gave up before anything was known. */
  abandoned(): void
}

export interface Breaker {
  /** A permit, or undefined where the remote is left alone at present. */
  admit(): Permit | undefined
  /** Whether `admit` would refuse now. */
  refuses(): boolean
  state(): 'closed' | 'open' | 'half-open'
}

/**
 * Leaves a failing remote alone, and lets single trial calls through until one succeeds. It opens after so many failures
 * in a row, or when failures have gone on for so long, reckoned from the start of the first failed request: a remote
 * that never answers fails seldom.
 */
export function createBreaker(limits: RemoteBreaker, now: () => number): Breaker {
  const { failures: most, failingMs, firstTrialMs, longestTrialMs } = limits
  let failures = 0
  let failingSince = 0
  /** Undefined: closed. */
  let trialFrom: number | undefined
  let wait = firstTrialMs
  let trying = false
  /** Of the requests sent while closed, those sent before it last opened have no say any more. */
  let period = 0

  const open = (milliseconds: number): void => {
    trialFrom = now() + milliseconds
    period += 1
  }
  const close = (): void => {
    trialFrom = undefined
    failures = 0
    wait = firstTrialMs
  }
  const refuses = (): boolean => trialFrom !== undefined && (trying || now() < trialFrom)

  const trial = (): Permit => {
    trying = true
    const end = (then: () => void) => () => {
      trying = false
      then()
    }
    return {
      succeeded: end(close),
      failed: end(() => {
        wait = Math.min(wait * 2, longestTrialMs)
        open(wait)
      }),
      abandoned: end(() => {}),
    }
  }

  const ordinary = (): Permit => {
    const [began, mine] = [now(), period]
    return {
      succeeded: () => {
        if (mine === period) failures = 0
      },
      failed: () => {
        if (mine !== period) return
        failingSince = failures === 0 ? began : Math.min(failingSince, began)
        failures += 1
        if (failures >= most || (failures > 1 && now() - failingSince >= failingMs)) open(wait)
      },
      abandoned: () => {},
    }
  }

  return {
    refuses,
    admit: () => {
      if (refuses()) return undefined
      return trialFrom === undefined ? ordinary() : trial()
    },
    state: () => {
      if (trialFrom === undefined) return 'closed'
      return trying ? 'half-open' : 'open'
    },
  }
}
