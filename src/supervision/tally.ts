import type { Clock } from './clock.ts'
import { createHistogram, type Histogram } from './histogram.ts'

/** What was counted of calls over some time. */
export interface Counts {
  /** Calls that were answered, or failed. */
  readonly calls: number
  /** Those of them that failed: threw, took too long, answered wrongly. */
  readonly failures: number
  /** Calls that were not made: the breaker was open, or too many were under way. */
  readonly refusals: number
  /** How long calls took, in milliseconds, whatever came of them. */
  readonly durations: Histogram
}

/** Counts the calls of one field, since the start and over the last five minutes. */
export interface Tally {
  readonly record: (startedAt: number, endedAt: number, hasFailed: boolean) => void
  readonly refuse: () => void
  /** Something was wrong with the answer of a call that was recorded already. */
  readonly noteFailure: () => void
  readonly total: Counts
  readonly recent: () => Counts
  /** How many milliseconds `recent` is about, unless the start was later. */
  readonly recentMs: () => number
}

interface Slot extends Counts {
  /** Which ten seconds since the clock began; a slot is used again after five minutes. */
  at: number
  calls: number
  failures: number
  refusals: number
}

const slotMs = 10_000
const slotCount = 30

/** Five minutes, as far as slots tell: the last of them is under way. */
export const windowMs = slotMs * slotCount

const emptySlot = (at: number): Slot => ({
  at,
  calls: 0,
  failures: 0,
  refusals: 0,
  durations: createHistogram(),
})

export function createTally(clock: Clock): Tally {
  const total = emptySlot(0)
  // Made when there is something to count: most fields of most extensions are seldom asked for.
  const slots: Slot[] = []

  const slotAt = (now: number): Slot => {
    const at = Math.floor(now / slotMs)
    const slot = (slots[at % slotCount] ??= emptySlot(at))
    if (slot.at !== at) {
      Object.assign(slot, { at, calls: 0, failures: 0, refusals: 0 })
      slot.durations.clear()
    }
    return slot
  }
  return {
    total,
    record(startedAt, endedAt, hasFailed) {
      const slot = slotAt(endedAt)
      const duration = endedAt - startedAt
      total.calls += 1
      slot.calls += 1
      total.durations.record(duration)
      slot.durations.record(duration)
      if (!hasFailed) return
      total.failures += 1
      slot.failures += 1
    },
    noteFailure() {
      total.failures += 1
      slotAt(clock.now()).failures += 1
    },
    refuse() {
      total.refusals += 1
      slotAt(clock.now()).refusals += 1
    },
    recentMs: () => windowMs - slotMs + (clock.now() % slotMs),
    recent() {
      const oldest = Math.floor(clock.now() / slotMs) - slotCount
      return sumOf(slots.filter(slot => slot !== undefined && slot.at > oldest))
    },
  }
}

/** All of them together. */
export function sumOf(all: readonly Counts[]): Counts {
  const sum = emptySlot(0)
  for (const { calls, failures, refusals, durations } of all) {
    sum.calls += calls
    sum.failures += failures
    sum.refusals += refusals
    sum.durations.add(durations)
  }
  return sum
}
