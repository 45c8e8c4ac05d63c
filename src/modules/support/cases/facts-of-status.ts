import type { Change, Check, Records, UserError } from '@trellis/sdk'
import { refusal } from '../../../lib/refusal.ts'
import { fillIn } from '../fill-in.ts'
import { type CaseAfter, caseAfter } from './case-after.ts'
import { type CaseStatus, isOver } from './states.ts'

type Case = Records['Case']
type CaseChange = Change<Case>
type Facts = Pick<
  Case,
  'resolvedAt' | 'closedAt' | 'firstRespondedAt' | 'pendingSince' | 'duplicateOfId' | 'escalatedAt'
>
type Told = 'resolvedAt' | 'closedAt' | 'firstRespondedAt'

/** What a case has in some statuses, and in no other. */
const belonging: Readonly<Record<'resolvedAt' | 'closedAt' | 'duplicateOfId', readonly CaseStatus[]>> = {
  resolvedAt: ['RESOLVED', 'CLOSED'],
  closedAt: ['CLOSED', 'REJECTED', 'DUPLICATE'],
  duplicateOfId: ['DUPLICATE'],
}
const belongs = (field: keyof typeof belonging, status: CaseStatus): boolean =>
  belonging[field].includes(status)

/** What the caller says: a bulk's change holds only what differs, so its item is asked too. `null` is as good as nothing. */
const said = ({ values, input }: CaseChange, field: keyof typeof belonging | Told): unknown =>
  values[field] ?? input[field] ?? null

/** The status's facts, as far as they are told or known; the present where neither. */
function factsOf(change: CaseChange, after: CaseAfter, now: Date): Facts {
  const { before, values } = change
  const { status } = after
  const known = (field: Told): Date | null => values[field] ?? before?.[field] ?? null
  const resolvedAt = belongs('resolvedAt', status)
    ? (known('resolvedAt') ?? (status === 'CLOSED' ? known('closedAt') : null) ?? now)
    : null
  const closedAt = belongs('closedAt', status) ? (known('closedAt') ?? now) : null
  const end = resolvedAt ?? closedAt
  const responded = isOver(status) ? (known('firstRespondedAt') ?? end) : after.firstRespondedAt
  return {
    resolvedAt,
    closedAt,
    // Who decides responds; what another system heard of later cannot have been the first response.
    firstRespondedAt:
      end && responded && responded > end && !said(change, 'firstRespondedAt') ? end : responded,
    pendingSince: status === 'PENDING' ? (before?.pendingSince ?? now) : null,
    duplicateOfId: belongs('duplicateOfId', status)
      ? (values.duplicateOfId ?? before?.duplicateOfId ?? null)
      : null,
    escalatedAt: values.status === 'ESCALATED' ? now : (before?.escalatedAt ?? null),
  }
}

/** What is said of times to come. */
const early = (change: CaseChange, now: Date): readonly UserError[] =>
  (['firstRespondedAt', 'resolvedAt', 'closedAt'] as const).flatMap(field => {
    const at = said(change, field)
    if (!(at instanceof Date) || at <= now) return []
    return [
      refusal(change, field, 'OUT_OF_RANGE', `${field} is ${at.toISOString()}, which is still to come.`),
    ]
  })

/** What is said of another status than the one that it has. */
const misplaced = (change: CaseChange, status: CaseStatus): readonly UserError[] =>
  (['resolvedAt', 'closedAt', 'duplicateOfId'] as const).flatMap(field =>
    said(change, field) !== null && !belongs(field, status)
      ? [refusal(change, field, 'CONTRADICTION', `${field} is given, but status is ${status}.`)]
      : [],
  )

/** What is in an order in which it cannot have been. */
function disordered(
  change: CaseChange,
  { resolvedAt, closedAt, firstRespondedAt }: Facts,
): readonly UserError[] {
  const problems: UserError[] = []
  if (resolvedAt && closedAt && closedAt < resolvedAt) {
    const field = said(change, 'closedAt') ? 'closedAt' : 'resolvedAt'
    const message = `closedAt is ${closedAt.toISOString()}, before resolvedAt, which is ${resolvedAt.toISOString()}.`
    problems.push(refusal(change, field, 'CONTRADICTION', message))
  }
  const end = resolvedAt ?? closedAt
  if (end && firstRespondedAt && firstRespondedAt > end) {
    const message = `firstRespondedAt is ${firstRespondedAt.toISOString()}, when the case was over already.`
    problems.push(refusal(change, 'firstRespondedAt', 'CONTRADICTION', message))
  }
  return problems
}

/**
 * Holds what is told of a case's past against its status, and fills in what follows from that: what is resolved was
 * resolved at some time, what is pending has been since some time, and what is neither has no such time.
 */
export const fitFacts: Check<Case> = (changes, context) => {
  const now = context.now()
  return changes.flatMap(change => {
    if (change.action === 'delete' || change.action === 'restore') return []
    const after = caseAfter(change, now)
    const facts = factsOf(change, after, now)
    const problems = [
      ...early(change, now),
      ...misplaced(change, after.status),
      ...disordered(change, facts),
      ...(after.status === 'DUPLICATE' && !facts.duplicateOfId
        ? [refusal(change, 'duplicateOfId', 'REQUIRED', 'duplicateOfId is required: status is DUPLICATE.')]
        : []),
    ]
    if (problems.length === 0) fillIn(change, facts)
    return problems
  })
}
