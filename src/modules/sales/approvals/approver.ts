import type { Change, DataContext, Records, UserError } from '@trellis/sdk'
import { reachesAll } from '../../../lib/reaches-all.ts'
import { refusal } from '../../../lib/refusal.ts'
import type { ApprovalTarget } from './targets.ts'

type ApprovalChange = Change<Records['Approval']>

/** Who may be asked to decide. */
export interface Approvers {
  /** The manager of whoever asks. */
  readonly managerId: string | null
  /** Those who may sign in, of all who come into question. */
  readonly available: ReadonlySet<string>
}

/** Reads who comes into question, in two statements however many approvals are asked for. */
export async function findApprovers(
  changes: readonly ApprovalChange[],
  targets: Iterable<ApprovalTarget>,
  { viewer, loaders }: DataContext,
): Promise<Approvers> {
  const managerId = (await loaders.users.byId.load(viewer.id))?.managerId ?? null
  const named = [
    managerId,
    ...changes.map(({ values }) => values.approverId),
    ...Array.from(targets, ({ approverId }) => approverId),
  ]
  const users = await loaders.users.byId.loadMany([...new Set(named.filter(id => typeof id === 'string'))])
  const available = users.flatMap(user => (user?.isActive && !user.deletedAt ? [user.id] : []))
  return { managerId, available: new Set(available) }
}

/**
 * Fills in who decides: whom the rule names, or else the manager of whoever asks; nobody but administrators where
 * that is who asks, or cannot sign in. Refuses somebody whom the viewer may not choose.
 */
export function chooseApprover(
  change: ApprovalChange,
  target: ApprovalTarget,
  { managerId, available }: Approvers,
  context: DataContext,
): readonly UserError[] {
  const { approverId } = change.values
  const refuse = (code: string, message: string) => [refusal(change, 'approverId', code, message)]
  const usual =
    [target.approverId, managerId].find(id => id !== null && id !== context.viewer.id && available.has(id)) ??
    null
  if (approverId == null || approverId === usual) {
    change.amend({ approverId: usual })
    return []
  }
  if (!available.has(approverId))
    return refuse('INACTIVE', `approverId is ${approverId}, who cannot sign in.`)
  if (reachesAll(context, 'Approval')) return []
  if (approverId === context.viewer.id)
    return refuse('CONTRADICTION', 'approverId is yourself; somebody else has to decide.')
  if (target.ruleId === null) return []
  const message = `approverId is ${approverId}, but the rule "${target.ruleName}" says who decides: leave it out.`
  return refuse('CONTRADICTION', message)
}
