import type { Change, DataContext } from '@trellis/sdk'
import { sql } from 'kysely'
import type { DocumentKind, DocumentLine, SalesDocument } from './document-kind.ts'

/** What the lines have to know of the document that they are in. */
export type HeldDocument = Pick<
  SalesDocument,
  'id' | 'number' | 'status' | 'currency' | 'extraDiscount' | 'deletedAt'
>

/** The document of a line that changes, held. */
export type DocumentOf = (change: Change<DocumentLine>) => HeldDocument | undefined

/**
 * Documents as they are once nobody else writes them or their lines, held until the transaction ends: of two who
 * add lines at once, the second adds up what the first has added. In the order of their ids, so that two bulks wait for each other.
 *
 * The right to change a line is the right to change its document, and was looked at before.
 */
export async function holdDocuments(
  { entity }: DocumentKind,
  ids: readonly string[],
  context: DataContext,
): Promise<ReadonlyMap<string, HeldDocument>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<HeldDocument>`
    select id, number, status, currency, "extraDiscount", "deletedAt" from ${sql.table(entity)}
    where id = any(${[...new Set(ids)]}) order by id for no key update`.execute(context.database())
  return new Map(rows.map(row => [row.id, row]))
}
