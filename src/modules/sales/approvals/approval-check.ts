import type { Change, Check, DataContext, Records, UserError } from '@trellis/sdk'
import { refusal } from '../../../lib/refusal.ts'
import { type Approvers, chooseApprover, findApprovers } from './approver.ts'
import { findStanding } from './standing.ts'
import { type ApprovalTarget, holdTargets } from './targets.ts'

type Approval = Records['Approval']
type ApprovalChange = Change<Approval>

const targetIdOf = ({ before, values }: ApprovalChange): string => before?.targetId ?? values.targetId ?? ''

/** The userError of what the approval is about. */
const aboutTarget = (change: ApprovalChange, code: string, message: string): UserError =>
  refusal(change, 'targetId' in change.input ? 'targetId' : 'id', code, message)

/** Fills in what is to be approved, and by whom. */
function ask(
  change: ApprovalChange,
  target: ApprovalTarget,
  approvers: Approvers,
  context: DataContext,
): readonly UserError[] {
  const { total: amount, currency, ruleId, kind, number } = target
  if (change.action === 'create') {
    change.amend({ amount, currency, ruleId })
    return chooseApprover(change, target, approvers, context)
  }
  if (change.before?.amount === amount && change.before.ruleId === ruleId) return []
  const message = `The ${kind.word} ${number} is not any more what was to be approved; ask again.`
  return [aboutTarget(change, 'CONTRADICTION', message)]
}

/** Approvals that are asked for, or asked for again after they were taken back: one at a time about a document. */
async function checkAsked(
  changes: readonly ApprovalChange[],
  context: DataContext,
): Promise<readonly UserError[]> {
  if (changes.length === 0) return []
  const targets = await holdTargets(changes.map(targetIdOf), context)
  const standing = new Map(await findStanding(targets, context))
  const approvers = await findApprovers(changes, targets.values(), context)
  return changes.flatMap(change => {
    const target = targets.get(targetIdOf(change))
    if (!target) {
      const message = `targetId is "${targetIdOf(change)}"; orders (ord_…) and quotes (quo_…) are approved.`
      return [aboutTarget(change, 'NOT_FOUND', message)]
    }
    const { kind, id, number, status } = target
    const name = `The ${kind.word} ${number}`
    if (!kind.approvable.includes(status)) {
      const message = `${name} is ${status}; only ${kind.approvable.join(', ')} may be approved.`
      return [aboutTarget(change, 'CLOSED', message)]
    }
    const found = standing.get(id)
    if (found) return [aboutTarget(change, 'DUPLICATE', `${name} has an approval that is ${found} already.`)]
    standing.set(id, 'PENDING')
    return ask(change, target, approvers, context)
  })
}

/** What was decided stays, and what was said of it. */
function keepDecided(change: ApprovalChange): readonly UserError[] {
  const { action, id, before, values } = change
  const isDecided = before?.status === 'APPROVED' || before?.status === 'REJECTED'
  const isTouched = action === 'delete' || (action === 'update' && values.comment !== undefined)
  if (!isDecided || !isTouched) return []
  const message = `Approval ${id} is ${before.status}, so it is decided already.`
  return [refusal(change, action === 'delete' ? 'id' : 'comment', 'CLOSED', message)]
}

/** Lets orders and quotes be asked about, and keeps what was decided. */
export const checkApprovals: Check<Approval> = async (changes, context) => {
  const asked = changes.filter(
    ({ action, before }) => action === 'create' || (action === 'restore' && before?.status === 'PENDING'),
  )
  return [...(await checkAsked(asked, context)), ...changes.flatMap(keepDecided)]
}
