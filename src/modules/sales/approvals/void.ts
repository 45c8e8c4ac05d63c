import type { DataContext } from '@trellis/sdk'
import { sql } from 'kysely'
import { leaveWord, wordsOf } from '../../../lib/outbox.ts'
import type { DocumentKind } from '../orders/document-kind.ts'

/** Approvals that are good for something, or may become so. */
const live = ['PENDING', 'APPROVED'] as const

/** Voids the approvals of documents that are not any more what was to be approved. */
export async function voidApprovals(
  { word }: Pick<DocumentKind, 'word'>,
  targetIds: readonly string[],
  context: DataContext,
  states: readonly (typeof live)[number][] = live,
): Promise<void> {
  if (targetIds.length === 0) return
  const { rows } = await sql<{ id: string; targetId: string }>`
    update "Approval"
    set status = 'CANCELED', "updatedAt" = ${context.now()}, "updatedById" = ${context.viewer.id}, version = version + 1
    where "targetId" = any(${targetIds}) and status = any(${states}::"ApprovalStatus"[]) and "deletedAt" is null
    returning id, "targetId"`.execute(context.database())
  await leaveWord(
    wordsOf(
      'approval.updated',
      rows.map(({ id }) => id),
      ['status'],
    ),
    context,
  )
  await context.services.timeline.record(
    rows.map(({ id, targetId }) => ({
      targetId,
      type: `${word}.approval_voided`,
      data: { approvalId: id },
    })),
  )
}
