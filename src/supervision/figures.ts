import type { BreakerState } from './breaker.ts'
import type { FieldCounts, SupervisedField } from './supervised-field.ts'
import type { Supervisor } from './supervisor.ts'
import { type Counts, sumOf, windowMs } from './tally.ts'
import type { Uptime } from './uptime.ts'

/** Calls over some time. */
export interface Measurement {
  readonly seconds: number
  readonly calls: number
  readonly failures: number
  readonly refusals: number
  /** N/T, a second. */
  readonly throughput: number
  /** In milliseconds; `null` without calls. */
  readonly latency: { readonly p50: number; readonly p95: number; readonly p99: number } | null
  /** U/T: the share of the time in which the breaker was closed. */
  readonly availability: number
}

interface Calls {
  readonly sinceStart: Measurement
  readonly lastFiveMinutes: Measurement
  readonly timeouts: number
  readonly lateAnswers: number
  readonly blocks: number
  readonly blockedMilliseconds: number
}

export interface FieldFigures {
  readonly coordinate: string
  readonly circuit: BreakerState
  readonly inFlight: number
  readonly calls: Calls
}

export interface ExtensionFigures {
  readonly since: Date
  readonly circuit: BreakerState
  readonly inFlight: number
  readonly waiting: number
  readonly strayRejections: number
  readonly calls: Calls
  /** By coordinate. */
  readonly fields: readonly FieldFigures[]
}

/** How an extension's calls fare. */
export function figuresOf({ since, breaker, gate, uptime, fields, strays }: Supervisor): ExtensionFigures {
  const all = [...fields.values()].toSorted((left, right) => (left.coordinate < right.coordinate ? -1 : 1))
  return {
    since,
    circuit: breaker.state,
    inFlight: gate.inside,
    waiting: gate.waiting,
    strayRejections: strays(),
    calls: callsOf(all, uptime),
    fields: all.map(field => ({
      coordinate: field.coordinate,
      circuit: field.breaker.state,
      inFlight: field.inFlight(),
      calls: callsOf([field], field.uptime),
    })),
  }
}

function callsOf(fields: readonly SupervisedField[], uptime: Uptime): Calls {
  const sum = (count: keyof FieldCounts): number =>
    fields.reduce((total, { counts }) => total + counts[count], 0)
  const recentMs = fields[0]?.tally.recentMs() ?? windowMs
  return {
    sinceStart: measured(sumOf(fields.map(({ tally }) => tally.total)), uptime),
    lastFiveMinutes: measured(sumOf(fields.map(({ tally }) => tally.recent())), uptime, recentMs),
    timeouts: sum('timeouts'),
    lateAnswers: sum('late'),
    blocks: sum('blocks'),
    blockedMilliseconds: sum('blockedMs'),
  }
}

function measured(
  { calls, failures, refusals, durations }: Counts,
  uptime: Uptime,
  window?: number,
): Measurement {
  const seconds = uptime.watchedFor(window) / 1000
  const quantile = (share: number): number => durations.quantile(share) ?? 0
  return {
    seconds,
    calls,
    failures,
    refusals,
    throughput: seconds === 0 ? 0 : calls / seconds,
    latency: calls === 0 ? null : { p50: quantile(0.5), p95: quantile(0.95), p99: quantile(0.99) },
    availability: uptime.availability(window),
  }
}
