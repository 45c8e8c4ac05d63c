import type { DataContext, Records } from '@trellis/sdk'
import { sql } from 'kysely'
import { leaveWord, wordsOf } from '../../../lib/outbox.ts'

type QuoteStatus = Records['Quote']['status']

/** What happens to an approval, and the step that a quote takes by it. */
export const quoteSteps = {
  asked: { from: 'DRAFT', to: 'IN_REVIEW' },
  withdrawn: { from: 'IN_REVIEW', to: 'DRAFT' },
  approved: { from: 'IN_REVIEW', to: 'APPROVED' },
  rejected: { from: 'IN_REVIEW', to: 'REJECTED' },
} as const satisfies Record<string, { readonly from: QuoteStatus; readonly to: QuoteStatus }>

/**
 * Has quotes follow their approvals, where they are in the state that the step begins in, and have lines.
 * By a statement of our own: whoever decides need not be one who may write the quote.
 */
export async function followQuotes(
  ids: readonly string[],
  { from, to }: (typeof quoteSteps)[keyof typeof quoteSteps],
  context: DataContext,
): Promise<void> {
  if (ids.length === 0) return
  const { rows } = await sql<{ id: string }>`
    update "Quote" as quote
    set status = ${to}::"QuoteStatus", "updatedAt" = ${context.now()}, "updatedById" = ${context.viewer.id}, source = null, version = version + 1
    where id = any(${ids}) and status = ${from}::"QuoteStatus"
      and exists (select from "QuoteLine" as line where line."quoteId" = quote.id and line."deletedAt" is null)
    returning id`.execute(context.database())
  const moved = rows.map(({ id }) => id)
  await leaveWord(wordsOf('quote.updated', moved, ['status']), context)
  await context.services.timeline.record(
    moved.map(targetId => ({
      targetId,
      type: 'quote.status_changed',
      title: `From ${from} to ${to}`,
      data: { from, to },
    })),
  )
}
