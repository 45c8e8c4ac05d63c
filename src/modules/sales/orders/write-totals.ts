import { type DataContext, UserErrors } from '@trellis/sdk'
import { sql } from 'kysely'
import { leaveWord, wordsOf } from '../../../lib/outbox.ts'
import { approvalStatusOf } from '../approvals/approval-status.ts'
import { type DocumentTotals, storedLines, totals } from './amounts.ts'
import type { DocumentKind } from './document-kind.ts'
import { totalsProblem } from './line-amounts.ts'

/** A document whose lines were written, and the system that said so; `null` for people. */
export interface Recounted {
  readonly id: string
  readonly source: string | null
  /** Where in the arguments to complain. */
  readonly path: readonly string[]
}

export interface WriteTotalsOptions {
  readonly context: DataContext
  /** Whether the documents are being created with their lines: that is one write. @default false */
  readonly areNew?: boolean
}

/**
 * Adds documents up anew from their lines, however many in one statement.
 *
 * @throws UserErrors when one comes to what cannot be; of lines of their own, that was refused before, line by line
 */
export async function writeTotals(
  kind: DocumentKind,
  documents: readonly Recounted[],
  { context, areNew = false }: WriteTotalsOptions,
): Promise<void> {
  if (documents.length === 0) return
  const ids = documents.map(({ id }) => id)
  const fresh = totals({
    documents: sql`select id, "extraDiscount" from ${sql.table(kind.entity)} where id = any(${ids})`,
    lines: storedLines(kind, ids),
  })
  const approval =
    kind.subject === 'ORDER' ? sql`"approvalStatus" = ${approvalStatusOf(kind, sql`fresh.total`)},` : sql``
  const { rows } = await sql<{ id: string }>`
    with fresh as (${fresh})
    update ${sql.table(kind.entity)} as document
    set subtotal = fresh.subtotal, discount = fresh.discount, tax = fresh.tax, total = fresh.total, ${approval}
      "updatedAt" = ${context.now()}, "updatedById" = ${context.viewer.id}, source = given.source, version = document.version + ${areNew ? 0 : 1}
    from fresh join jsonb_to_recordset(${JSON.stringify(documents)}::jsonb) as given(id text, source text) using (id)
    where document.id = fresh.id and not fresh."isOverdrawn" and not fresh."isTooLarge"
    returning document.id`.execute(context.database())
  if (rows.length < documents.length) {
    const { rows: wrong } = await sql<DocumentTotals>`
      select fresh.* from (${fresh}) as fresh where "isOverdrawn" or "isTooLarge"`.execute(context.database())
    throw new UserErrors(
      wrong.flatMap(total => {
        const { path = ['input'] } = documents.find(({ id }) => id === total.id) ?? {}
        const message = totalsProblem(total)
        return message === null ? [] : [{ code: 'OUT_OF_RANGE', message, path }]
      }),
    )
  }
  if (!areNew)
    await leaveWord(wordsOf(`${kind.word}.updated`, ids, ['discount', 'subtotal', 'tax', 'total']), context)
}
