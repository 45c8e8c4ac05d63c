import type { Records } from '@trellis/sdk'

type Case = Records['Case']

/** What is looked at to tell how far a promise is kept. */
export type Times = Pick<
  Case,
  'responseDueAt' | 'resolveDueAt' | 'firstRespondedAt' | 'pendingSince' | 'resolvedAt' | 'closedAt'
>

/** What of a promise was broken. */
export interface Breach {
  readonly promise: 'RESPONSE' | 'RESOLUTION'
  readonly dueAt: Date
}

/** When a case was over; `null` while it is not. */
export const endOf = ({ resolvedAt, closedAt }: Pick<Times, 'resolvedAt' | 'closedAt'>): Date | null =>
  resolvedAt ?? closedAt

/** Since when its clocks stand still; `null` while they run. */
export const stopOf = (times: Pick<Times, 'pendingSince' | 'resolvedAt' | 'closedAt'>): Date | null =>
  times.pendingSince ?? endOf(times)

/** What was broken by now. A clock that stands still has run out when it had before. */
export function breachesOf(times: Times, now: Date): readonly Breach[] {
  const { responseDueAt, resolveDueAt, firstRespondedAt, pendingSince } = times
  const waited = pendingSince ?? now
  const [respondedAt, resolvedAt] = [firstRespondedAt ?? waited, endOf(times) ?? waited]
  return [
    ...(responseDueAt && respondedAt > responseDueAt
      ? [{ promise: 'RESPONSE' as const, dueAt: responseDueAt }]
      : []),
    ...(resolveDueAt && resolvedAt > resolveDueAt
      ? [{ promise: 'RESOLUTION' as const, dueAt: resolveDueAt }]
      : []),
  ]
}

/** How far what was promised is kept by now; `null` where nothing was promised. */
export function standingOf(times: Times, now: Date): Case['slaStatus'] {
  const { responseDueAt, resolveDueAt, firstRespondedAt } = times
  if (!responseDueAt && !resolveDueAt) return null
  if (breachesOf(times, now).length > 0) return 'FAILED'
  if (responseDueAt && !firstRespondedAt) return 'FIRST_RESPONSE_DUE'
  return resolveDueAt && !endOf(times) ? 'ROLLING_RESPONSE_DUE' : 'FULFILLED'
}

const dated = (value: Date | null): Date | null => value && new Date(value)

/** The same of a case as it is read: an answer that was kept for a repeated request has its instants as texts. */
export const standingNow = (times: Times, now: Date): Case['slaStatus'] =>
  standingOf(
    {
      responseDueAt: dated(times.responseDueAt),
      resolveDueAt: dated(times.resolveDueAt),
      firstRespondedAt: dated(times.firstRespondedAt),
      pendingSince: dated(times.pendingSince),
      resolvedAt: dated(times.resolvedAt),
      closedAt: dated(times.closedAt),
    },
    now,
  )
