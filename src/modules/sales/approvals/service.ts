import { type DataContext, type Records, type Services, TrellisError } from '@trellis/sdk'
import { sql } from 'kysely'
import type { MutationApprovalApproveArgs, MutationApprovalRejectArgs } from '../../../generated/resolvers.ts'
import { leaveWord, wordsOf } from '../../../lib/outbox.ts'
import { reachesAll } from '../../../lib/reaches-all.ts'
import { holdDocuments } from '../orders/held-documents.ts'
import { remarkProblem } from '../orders/remarks.ts'
import { refuse } from '../refuse.ts'
import { follow } from './approval-effect.ts'
import { withHeldDocuments } from './held-documents.ts'
import { kindOfTarget } from './targets.ts'

type Approval = Records['Approval']
type Decision = MutationApprovalApproveArgs['input'] | MutationApprovalRejectArgs['input']

declare module '@trellis/sdk' {
  interface ApprovalsService {
    /** Approves what the viewer was asked about. @throws UserErrors when it is decided or void; TrellisError `FORBIDDEN` */
    approve(input: MutationApprovalApproveArgs['input']): Promise<Approval>
    /** Refuses to approve it. @throws UserErrors when it is decided or void; TrellisError `FORBIDDEN` */
    reject(input: MutationApprovalRejectArgs['input']): Promise<Approval>
  }
}

/**
 * Whoever is asked decides, and administrators: not those who ask, unless nobody stands above them.
 *
 * @throws TrellisError `FORBIDDEN`
 */
function assertMayDecide({ id, approverId, createdById }: Approval, context: DataContext): void {
  // Nobody stands above those who reach all approvals.
  if (reachesAll(context, 'Approval')) return
  const { viewer } = context
  if (createdById === viewer.id)
    throw new TrellisError('FORBIDDEN', `You asked for approval ${id} yourself; somebody else has to decide.`)
  if (approverId !== viewer.id)
    throw new TrellisError('FORBIDDEN', `You were not asked to decide about approval ${id}.`)
}

/** What is special about writing approvals: they are decided, once. */
export function approvalService(
  context: DataContext,
  _extension: string | null,
  stored: Services['approvals'],
): Partial<Services['approvals']> {
  const read = async (id: string): Promise<Approval> => {
    const approval = await context.loaders.approvals.byId.load(id)
    if (approval) return approval
    throw refuse('id', 'NOT_FOUND', `There is no Approval "${id.slice(0, 60)}", or none that you may see.`)
  }

  /** The approval as it is once nobody else writes it or its document, for who may decide. The document first, as everywhere. */
  const held = async (id: string): Promise<Approval> => {
    const seen = await read(id)
    assertMayDecide(seen, context)
    const { targetId } = seen
    const kind = kindOfTarget(targetId)
    const document = kind && (await holdDocuments(kind, [targetId], context)).get(targetId)
    if (!document || document.deletedAt)
      throw refuse('id', 'DELETED', `What approval ${id} is about is deleted; restore it first.`)
    await sql`select from "Approval" where id = ${id} for no key update`.execute(context.database())
    const approval = await read(id)
    // Somebody else may have been asked in the meantime.
    assertMayDecide(approval, context)
    return approval
  }

  const decide = async (
    { id, comment, expectedVersion }: Decision,
    status: 'APPROVED' | 'REJECTED',
  ): Promise<Approval> => {
    const approval = await held(id)
    if (expectedVersion != null && expectedVersion !== approval.version)
      throw refuse(
        'expectedVersion',
        'STALE_VERSION',
        `Approval ${id} is at version ${approval.version}; expectedVersion was ${expectedVersion}. Read it again.`,
      )
    if (approval.deletedAt) throw refuse('id', 'DELETED', `Approval ${id} was taken back.`)
    if (approval.status !== 'PENDING')
      throw refuse('id', 'CLOSED', `Approval ${id} is ${approval.status}, so it is decided already.`)
    const tooLong = remarkProblem(comment)
    if (tooLong !== null) throw refuse('comment', 'TOO_LONG', tooLong)
    const now = context.now()
    const by = context.viewer.id
    await sql`
      update "Approval"
      set status = ${status}::"ApprovalStatus", "decidedById" = ${by}, "decidedAt" = ${now}, "decisionComment" = ${comment ?? null},
        "updatedById" = ${by}, "updatedAt" = ${now}, source = null, version = version + 1
      where id = ${id}`.execute(context.database())
    await leaveWord(
      wordsOf('approval.updated', [id], ['decidedAt', 'decidedById', 'decisionComment', 'status']),
      context,
    )
    await follow([approval], status === 'APPROVED' ? 'approved' : 'rejected', context)
    return read(id)
  }

  return {
    ...withHeldDocuments(stored, context),
    approve: input => decide(input, 'APPROVED'),
    reject: input => decide(input, 'REJECTED'),
  }
}
