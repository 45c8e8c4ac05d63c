import type { Clock } from './clock.ts'

/** Closed: calls go through. Open: they are refused. Half open: one is let through to see. */
export type BreakerState = 'closed' | 'open' | 'half-open'

export interface BreakerOptions {
  /** Failures one after the other that open it. */
  readonly failures: number
  /** How long it stays open before a call is tried, in milliseconds. */
  readonly recoveryMs: number
  readonly clock: Clock
  /** Told of each change, with the failures that led to it. */
  readonly onChange?: (state: BreakerState, failures: number) => void
}

/** How often it had opened when a call started. */
export type Entered = number

/** A circuit breaker: opens after failures in a row, tries one call after a while, closes when that one succeeds. */
export interface Breaker {
  readonly state: BreakerState
  /** Whether a call may start now; says nothing to anybody. */
  readonly admits: () => boolean
  /** A call starts: of one that is not closed, the call that tries. Answers what its end is told with. */
  readonly enter: () => Entered
  readonly succeed: (entered: Entered) => void
  readonly fail: (entered: Entered) => void
}

export function createBreaker({ failures, recoveryMs, clock, onChange }: BreakerOptions): Breaker {
  let state: BreakerState = 'closed'
  let inARow = 0
  let retryAt = 0
  let openings = 0
  const turn = (next: BreakerState): void => {
    if (state === next) return
    state = next
    onChange?.(next, inARow)
  }
  return {
    get state() {
      return state
    },
    admits: () => state === 'closed' || clock.now() >= retryAt,
    enter() {
      if (state !== 'closed') {
        // One at a time; where nothing is heard of it, another may try after as long.
        retryAt = clock.now() + recoveryMs
        turn('half-open')
      }
      return openings
    },
    // What was begun before it opened says nothing of how things are now, whichever way it ends.
    succeed(entered) {
      if (entered !== openings) return
      inARow = 0
      turn('closed')
    },
    fail(entered) {
      if (entered !== openings) return
      inARow += 1
      if (state === 'closed' && inARow < failures) return
      openings += 1
      retryAt = clock.now() + recoveryMs
      turn('open')
    },
  }
}
