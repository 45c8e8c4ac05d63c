import type { Change, DataContext } from '@trellis/sdk'
import { sql } from 'kysely'
import { leaveWord, wordsOf } from '../../../lib/outbox.ts'
import { newId } from '../../../lib/type-id.ts'
import type { DocumentKind, SalesDocument } from './document-kind.ts'
import { givenLines } from './given-lines.ts'
import { prepareLines } from './prepare-lines.ts'

/** What is set of a line that came with its document. */
const lineFields = [
  'currency',
  'description',
  'discount',
  'discountPercent',
  'position',
  'productId',
  'quantity',
  'subtotal',
  'tax',
  'taxPercent',
  'total',
  'unitPrice',
]

/** Writes the lines that came with new documents, in one statement; answers whose they are. */
export async function insertGivenLines(
  kind: DocumentKind,
  changes: readonly Change<SalesDocument>[],
  context: DataContext,
): Promise<readonly Change<SalesDocument>[]> {
  const { line, linePrefix, key } = kind
  const placed = givenLines(changes)
  if (placed.length === 0) return []
  const { lines } = await prepareLines(placed, context)
  const rows = lines.map(({ placed: { document }, ...values }) => ({
    ...values,
    id: newId(linePrefix),
    documentId: document.id,
    source: document.values.source ?? null,
  }))
  const now = context.now()
  const by = context.viewer.id
  await sql`
    insert into ${sql.table(line)} (
      id, ${sql.ref(key)}, source, "productId", position, quantity, "unitPrice", "discountPercent", "taxPercent",
      subtotal, discount, tax, total, currency, description, "createdAt", "createdById", "updatedAt", "updatedById")
    select id, "documentId", source, "productId", position, quantity, "unitPrice", "discountPercent", "taxPercent",
      subtotal, discount, tax, total, currency, description, ${now}::timestamptz, ${by}, ${now}::timestamptz, ${by}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(
      id text, "documentId" text, source text, "productId" text, position int, quantity numeric, "unitPrice" numeric,
      "discountPercent" numeric, "taxPercent" numeric, subtotal numeric, discount numeric, tax numeric, total numeric,
      currency text, description text)`.execute(context.database())
  await leaveWord(
    wordsOf(
      `${kind.word}Line.created`,
      rows.map(({ id }) => id),
      lineFields,
    ),
    context,
  )
  return [...new Set(placed.map(({ document }) => document))]
}
