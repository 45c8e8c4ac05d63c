import type { Check, DataContext, UserError } from '@trellis/sdk'
import { sql } from 'kysely'
import { readTotals } from './amounts.ts'
import type { SalesDocument } from './document-kind.ts'
import { givenLines } from './given-lines.ts'
import { totalsProblem } from './line-amounts.ts'
import { type PreparedLine, prepareLines } from './prepare-lines.ts'
import { refusal } from './refusal.ts'

/** Lines that come with one document, at most. */
const most = 1000

/** What is wrong with what new documents come to by their lines. */
async function checkTotals(
  lines: readonly PreparedLine[],
  context: DataContext,
): Promise<readonly UserError[]> {
  if (lines.length === 0) return []
  const documents = [...new Set(lines.map(({ placed }) => placed.document))]
  const rows = documents.map(({ id, values }) => ({ id, extraDiscount: values.extraDiscount ?? '0' }))
  const parts = lines.map(({ placed, subtotal, discount, tax }) => ({
    documentId: placed.document.id,
    ...{ subtotal, discount, tax },
  }))
  const totals = await readTotals(context.database(), {
    documents: sql`select * from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as document(id text, "extraDiscount" numeric)`,
    lines: sql`select * from jsonb_to_recordset(${JSON.stringify(parts)}::jsonb)
      as line("documentId" text, subtotal numeric, discount numeric, tax numeric)`,
  })
  return documents.flatMap(change => {
    const total = totals.get(change.id)
    const message = total ? totalsProblem(total) : null
    return message === null ? [] : [refusal(change, 'extraDiscount', 'OUT_OF_RANGE', message)]
  })
}

/** Refuses documents whose lines could not be written. */
export const checkGivenLines: Check<SalesDocument> = async (changes, context) => {
  const counts = Map.groupBy(givenLines(changes), ({ document }) => document)
  const long = [...counts].flatMap(([document, { length }]) =>
    length > most
      ? [refusal(document, 'lines', 'TOO_LONG', `lines has ${length} entries; ${most} are allowed.`)]
      : [],
  )
  if (long.length > 0) return long
  const { lines, userErrors } = await prepareLines(givenLines(changes), context)
  return userErrors.length > 0 ? userErrors : checkTotals(lines, context)
}
