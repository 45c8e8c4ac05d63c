import type { DataContext, Services } from '@trellis/sdk'
import { sql } from 'kysely'
import { orders, quotes } from '../orders/document-kind.ts'
import { holdDocuments } from '../orders/held-documents.ts'
import { kindOfTarget } from './targets.ts'

/** The writes that documents follow. */
type Followed = Pick<Services['approvals'], 'delete' | 'restore' | 'bulkDelete' | 'bulkRestore'>

/** Holds the documents of approvals, as far as the viewer sees these. */
async function holdDocumentsOf(ids: readonly string[], context: DataContext): Promise<void> {
  const { rows } = await sql<{ targetId: string }>`
    select approval."targetId" from ${context.readable('Approval')} as approval where approval.id = any(${ids})`.execute(
    context.database(),
  )
  const targetIds = rows.map(({ targetId }) => targetId)
  for (const kind of [orders, quotes]) {
    const own = targetIds.filter(id => kindOfTarget(id) === kind)
    await holdDocuments(kind, own, context)
  }
}

/**
 * Writes of approvals that their documents follow. They hold the documents before the approvals, as whoever writes
 * documents does: two of which each holds what the other one waits for would come to nothing.
 */
export const withHeldDocuments = (stored: Followed, context: DataContext): Followed => {
  const ofOne =
    (verb: 'delete' | 'restore'): Followed['delete'] =>
    async input => {
      await holdDocumentsOf([input.id], context)
      return stored[verb](input)
    }
  const ofMany =
    (verb: 'bulkDelete' | 'bulkRestore'): Followed['bulkDelete'] =>
    async input => {
      await holdDocumentsOf(
        input.items.map(({ id }) => id),
        context,
      )
      return stored[verb](input)
    }
  return {
    delete: ofOne('delete'),
    restore: ofOne('restore'),
    bulkDelete: ofMany('bulkDelete'),
    bulkRestore: ofMany('bulkRestore'),
  }
}
