import type { Change, DataContext, Effect, Records } from '@trellis/sdk'
import { orders, quotes } from '../orders/document-kind.ts'
import { followApprovals } from './approval-status.ts'
import { followQuotes, quoteSteps } from './quote-status.ts'
import { kindOfTarget } from './targets.ts'

type Approval = Records['Approval']
type ApprovalChange = Change<Approval>

/** What became of a question. */
export type Outcome = keyof typeof quoteSteps

/** An approval, and what became of it. */
export interface Told {
  readonly id: string
  readonly targetId: string
}

/** Has documents show what became of their approvals, and tells it in their timelines. */
export async function follow(told: readonly Told[], outcome: Outcome, context: DataContext): Promise<void> {
  const targetsOf = (kind: typeof orders) =>
    told.map(({ targetId }) => targetId).filter(id => kindOfTarget(id) === kind)
  await context.services.timeline.record(
    told.map(({ id, targetId }) => ({
      targetId,
      type: `${kindOfTarget(targetId)?.word}.approval_${outcome}`,
      data: { approvalId: id },
    })),
  )
  await followApprovals(targetsOf(orders), { context })
  await followQuotes(targetsOf(quotes), quoteSteps[outcome], context)
}

const toldOf = ({ id, before, values }: ApprovalChange): Told => ({
  id,
  targetId: before?.targetId ?? values.targetId ?? '',
})

const isPending = ({ action, before }: ApprovalChange): boolean =>
  action === 'create' || before?.status === 'PENDING'

/** Follows approvals that are asked for and taken back. */
export const followQuestions: Effect<Approval> = async (changes, context) => {
  const open = changes.filter(isPending)
  const asked = open.filter(({ action }) => action === 'create' || action === 'restore')
  const withdrawn = open.filter(({ action }) => action === 'delete')
  if (asked.length > 0) await follow(asked.map(toldOf), 'asked', context)
  if (withdrawn.length > 0) await follow(withdrawn.map(toldOf), 'withdrawn', context)
}
