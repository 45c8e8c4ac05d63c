import type { DataContext } from '@trellis/sdk'
import { sql } from 'kysely'
import { leaveWord, wordsOf } from '../../../lib/outbox.ts'
import { newId } from '../../../lib/type-id.ts'
import { orders } from './document-kind.ts'
import { writeTotals } from './write-totals.ts'

/** The first order by a quote, whoever may see it; `null` when there is none. */
export async function findOrderOf(quoteId: string, context: DataContext): Promise<string | null> {
  const { rows } = await sql<{ id: string }>`
    select id from "Order" where "quoteId" = ${quoteId} and "deletedAt" is null order by "createdAt", id limit 1`.execute(
    context.database(),
  )
  return rows[0]?.id ?? null
}

/** What an order's line has from the quote's. */
const copied = [
  'productId',
  'position',
  'quantity',
  'unitPrice',
  'discountPercent',
  'taxPercent',
  'subtotal',
  'discount',
  'tax',
  'total',
  'currency',
  'description',
]

/** Has a new order consist of what was quoted: as it was, whether the products are for sale now or not. */
export async function copyLines(
  { quoteId, orderId }: { readonly quoteId: string; readonly orderId: string },
  context: DataContext,
): Promise<void> {
  const database = context.database()
  const { rows } = await sql<{ quoteLineId: string }>`
    select id as "quoteLineId" from "QuoteLine" where "quoteId" = ${quoteId} and "deletedAt" is null order by position, id`.execute(
    database,
  )
  const lines = rows.map(row => ({ ...row, id: newId('orl') }))
  const columns = (table: string) => sql.join(copied.map(name => sql.ref(`${table}.${name}`)))
  const now = context.now()
  const by = context.viewer.id
  await sql`
    insert into "OrderLine" (id, "orderId", "createdAt", "createdById", "updatedAt", "updatedById", ${sql.join(copied.map(name => sql.ref(name)))})
    select given.id, ${orderId}, ${now}::timestamptz, ${by}, ${now}::timestamptz, ${by}, ${columns('line')}
    from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb) as given(id text, "quoteLineId" text)
    join "QuoteLine" as line on line.id = given."quoteLineId"`.execute(database)
  await leaveWord(
    wordsOf(
      'orderLine.created',
      lines.map(({ id }) => id),
      copied.toSorted(),
    ),
    context,
  )
  await writeTotals(orders, [{ id: orderId, source: null, path: ['input'] }], { context, areNew: true })
}
