import type { Check, DataContext, UserError } from '@trellis/sdk'
import { refusal } from '../../../lib/refusal.ts'
import { givenAmounts, givenDocuments, readTotals } from './amounts.ts'
import type { SalesDocument } from './document-kind.ts'
import { givenLines } from './given-lines.ts'
import { totalsProblem } from './line-amounts.ts'
import { type PreparedLine, prepareLines } from './prepare-lines.ts'

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
    documents: givenDocuments(rows),
    lines: givenAmounts(parts),
  })
  return documents.flatMap(change => {
    const total = totals.get(change.id)
    const message = total ? totalsProblem(total) : null
    return message === null ? [] : [refusal(change, 'extraDiscount', 'OUT_OF_RANGE', message)]
  })
}

/** Refuses documents whose lines could not be written. */
export const checkGivenLines: Check<SalesDocument> = async (changes, context) => {
  const given = Map.groupBy(givenLines(changes), ({ document }) => document)
  const long = [...given].filter(([, { length }]) => length > most)
  for (const [document] of long) given.delete(document)
  const { lines, userErrors } = await prepareLines([...given.values()].flat(), context)
  // What comes to less than all of its lines is refused for those already.
  const whole = [...Map.groupBy(lines, ({ placed }) => placed.document)].filter(
    ([document, { length }]) => length === given.get(document)?.length,
  )
  return [
    ...long.map(([document, { length }]) =>
      refusal(document, 'lines', 'TOO_LONG', `lines has ${length} entries; ${most} are allowed.`),
    ),
    ...userErrors,
    ...(await checkTotals(
      whole.flatMap(([, parts]) => parts),
      context,
    )),
  ]
}
