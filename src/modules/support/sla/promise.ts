import type { Records } from '@trellis/sdk'
import { aroundTheClock } from '../../../lib/business-time/business-clock.ts'
import type { Policy } from './policies.ts'
import { endOf, standingOf, stopOf, type Times } from './standing.ts'

type Case = Records['Case']

/** What a promise is kept by. */
export type Promised = Times & Pick<Case, 'createdAt' | 'slaPolicyId' | 'pausedSeconds'>

/** What follows from a write. */
export type Kept = Pick<Case, 'responseDueAt' | 'resolveDueAt' | 'pausedSeconds' | 'slaStatus'>

/** A write, as far as promises are concerned. */
export interface Step {
  /** `null` for a new case. */
  readonly before: Promised | null
  /** With what the write says; due instants and pauses are still those of before. */
  readonly after: Promised
  /** The policy of before. */
  readonly was: Policy | null
  readonly is: Policy | null
  readonly now: Date
}

/** Thrown where something would be due in more than a hundred years, or never: a calendar has hardly any hours. */
export class NeverDue extends Error {}

function add(policy: Policy | null, from: Date, seconds: number): Date {
  const due = (policy?.clock ?? aroundTheClock).add(from, seconds)
  if (!due) throw new NeverDue()
  return due
}

interface Pause {
  /** Since when the clocks stood still; `null` where they did not. */
  readonly since: Date | null
  /** Business seconds of it, as far as the write has to do with them. */
  readonly seconds: number
  /** Whether the clocks go on now. */
  readonly ends: boolean
}

/** The pause that a write ends, or in which it responds. What was over before it came in stands still since then. */
function pauseOf({ before, after, was, now }: Step): Pause {
  const since = before && stopOf(before)
  if (!since) return { since: null, seconds: 0, ends: false }
  const ends = endOf(before) ? !endOf(after) : !after.pendingSince
  const responds = !before.firstRespondedAt && after.firstRespondedAt !== null
  const until = (ends ? endOf(after) : after.firstRespondedAt) ?? now
  const from = since < before.createdAt ? before.createdAt : since
  const seconds = ends || responds ? (was?.clock ?? aroundTheClock).between(from, until) : 0
  return { since, seconds, ends }
}

/** Whether a case was over before it came in, so that nothing could be promised for it here. */
export const isHistory = ({ before, after, now }: Pick<Step, 'before' | 'after' | 'now'>): boolean => {
  const end = endOf(after)
  return before === null && end !== null && end < now
}

/**
 * Keeps a promise through a write. Clocks that stood still go on by as much later; one that had run out before it
 * stood still does not. Another policy sets the clocks that run anew, from the creation on, with the pauses so far.
 *
 * @throws NeverDue
 */
export function keepPromise(step: Step): Kept {
  const { before, after, was, is, now } = step
  const { since, seconds, ends } = pauseOf(step)
  const pausedSeconds = (before?.pausedSeconds ?? 0) + (ends ? seconds : 0)
  const later = (due: Date | null): Date | null =>
    due && since && seconds > 0 && due >= since ? add(was, due, seconds) : due
  const anew = (minutes: number | null | undefined): Date | null =>
    minutes == null || isHistory(step) ? null : add(is, after.createdAt, minutes * 60 + pausedSeconds)

  const isAnother = before !== null && before.slaPolicyId !== after.slaPolicyId
  const responseDueAt = (): Date | null => {
    if (!before || (isAnother && !after.firstRespondedAt)) return anew(is?.responseMinutes)
    return before.firstRespondedAt ? before.responseDueAt : later(before.responseDueAt)
  }
  const resolveDueAt = (): Date | null => {
    if (!before || (isAnother && !endOf(after))) return anew(is?.resolveMinutes)
    return ends ? later(before.resolveDueAt) : before.resolveDueAt
  }
  const due = { responseDueAt: responseDueAt(), resolveDueAt: resolveDueAt() }
  return { ...due, pausedSeconds, slaStatus: standingOf({ ...after, ...due }, now) }
}
