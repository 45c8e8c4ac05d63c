import type { Outcome } from './kinds.ts'

/** What one fault showed. */
export interface FaultFigures {
  readonly kind: string
  readonly fault: string
  /** How often it was measured until the bounds were met, or it was given up. */
  readonly attempt: number
  readonly outcome: Outcome
  /** Operations whose fields of the core were to be answered, and those whose were. */
  readonly due: number
  readonly answered: number
  /** Of the load, quiet and under the fault. */
  readonly p99QuietMs: number
  readonly p99FaultMs: number
  /** When the breaker first refused; `null` where it did not. */
  readonly opened: { readonly failures: number; readonly afterMs: number } | null
  /** `null` where it did not come back. */
  readonly recoveredAfterMs: number | null
  /** Answers that a fault of this outcome cannot have: right ones, or other than right ones where it is mended. */
  readonly wrong: number
  /** Why the first that was not answered was not. */
  readonly says: string | null
}

export const bounds = {
  p99DifferenceMs: 10,
  failures: 5,
  openAfterMs: 2000,
  recoveredAfterMs: 10_000,
} as const

/** What of all that must be is not so; nothing where all is well. */
export function missesOf(figures: FaultFigures): readonly string[] {
  const { outcome, due, answered, p99QuietMs, p99FaultMs, opened, recoveredAfterMs, wrong, says } = figures
  const difference = p99FaultMs - p99QuietMs
  return [
    answered < due && `${due - answered} of ${due} without the core's fields: ${says}`,
    difference > bounds.p99DifferenceMs &&
      `p99 of the core is ${difference.toFixed(1)} ms more than quiet, ${bounds.p99DifferenceMs} are allowed`,
    outcome === 'opens' && opened === null && 'the breaker did not open',
    opened !== null && outcome !== 'opens' && 'the breaker opened',
    opened !== null &&
      opened.failures > bounds.failures &&
      opened.afterMs > bounds.openAfterMs &&
      `the breaker opened after ${opened.failures} failures and ${opened.afterMs.toFixed(0)} ms`,
    (recoveredAfterMs === null || recoveredAfterMs > bounds.recoveredAfterMs) &&
      `it was not back within ${bounds.recoveredAfterMs} ms`,
    wrong > 0 &&
      (outcome === 'mended'
        ? `${wrong} answers were other than right`
        : `${wrong} answers told of no failure`),
  ].filter(miss => miss !== false)
}

const told: Readonly<Record<Outcome, string>> = {
  opens: 'opened',
  costs: 'stays closed: it answers',
  mended: 'stays closed: answered rightly',
}

/** A row for each fault. */
export function faultsTable(all: readonly FaultFigures[]): string {
  const head = [
    'kind',
    'fault',
    'core answered',
    'p99 quiet, ms',
    'p99 under it, ms',
    'difference, ms',
    'breaker',
    'back after, ms',
    'met?',
    'attempt',
  ]
  const rows = all.map(figures => {
    const { kind, fault, outcome, due, answered, p99QuietMs, p99FaultMs, opened, recoveredAfterMs } = figures
    return [
      kind,
      fault,
      `${((answered / due) * 100).toFixed(answered === due ? 0 : 2)} % of ${due}`,
      p99QuietMs.toFixed(1),
      p99FaultMs.toFixed(1),
      (p99FaultMs - p99QuietMs).toFixed(1),
      opened
        ? `${told.opens} after ${opened.failures} failures, ${opened.afterMs.toFixed(0)} ms`
        : outcome === 'opens'
          ? 'stays closed'
          : told[outcome],
      recoveredAfterMs === null ? 'not back' : recoveredAfterMs.toFixed(0),
      missesOf(figures).length === 0 ? 'yes' : 'no',
      String(figures.attempt),
    ]
  })
  return [head, head.map(() => '---'), ...rows].map(cells => `| ${cells.join(' | ')} |`).join('\n')
}
