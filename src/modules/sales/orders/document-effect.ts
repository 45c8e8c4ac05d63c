import type { Change, DataContext, Effect } from '@trellis/sdk'
import { followApprovals } from '../approvals/approval-status.ts'
import { voidApprovals } from '../approvals/void.ts'
import { isRecounted } from './document-amounts.ts'
import type { DocumentKind, SalesDocument } from './document-kind.ts'
import { isReassigned } from './document-locks.ts'
import { insertGivenLines } from './insert-lines.ts'

type DocumentChange = Change<SalesDocument>

const idsOf = (changes: readonly DocumentChange[]): readonly string[] => changes.map(({ id }) => id)

const hasMoved = ({ before, values }: DocumentChange): boolean =>
  before !== null && values.status !== undefined && values.status !== before.status

/** Tells what became of documents; what the caller remarks stands beside it. */
async function tellMoves(
  { word }: DocumentKind,
  changes: readonly DocumentChange[],
  { services }: DataContext,
): Promise<void> {
  await services.timeline.record(
    changes.filter(hasMoved).map(({ id, before, values, input: { comment } }) => ({
      targetId: id,
      type: `${word}.status_changed`,
      title: `From ${before?.status} to ${values.status}`,
      data: {
        from: before?.status,
        to: values.status,
        ...(typeof comment === 'string' && { comment }),
      },
    })),
  )
}

/** Writes what follows from a write of documents: their lines, their history, and what becomes of their approvals. */
export const followDocuments =
  (kind: DocumentKind): Effect<SalesDocument> =>
  async (changes, context) => {
    const withLines = await insertGivenLines(kind, changes, context)
    await tellMoves(kind, changes, context)
    const rewritten = changes.filter(change => isRecounted(change) || isReassigned(change))
    const settled = changes.filter(
      change => hasMoved(change) && !kind.approvable.includes(change.values.status ?? ''),
    )
    await voidApprovals(kind, idsOf(rewritten), context)
    await voidApprovals(kind, idsOf(settled), context, ['PENDING'])
    const created = changes.filter(change => change.action === 'create' && !withLines.includes(change))
    if (kind.subject === 'ORDER')
      await followApprovals(idsOf([...created, ...rewritten, ...settled]), { context, isPartOfWrite: true })
  }
