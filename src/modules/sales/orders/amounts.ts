import { type Kysely, type RawBuilder, sql } from 'kysely'
import type { DocumentKind } from './document-kind.ts'

/** What a line is priced by, as decimals. */
export interface Price {
  readonly quantity: string
  readonly unitPrice: string
  readonly discountPercent: string
  readonly taxPercent: string
}

/** What a line or a document comes to, with four digits after the point. */
export interface Amounts {
  readonly subtotal: string
  readonly discount: string
  readonly tax: string
  readonly total: string
}

/** The greatest amount that a column holds, and the first that it does not. */
export const greatest = '99999999999999.9999'
const tooLarge = sql.raw('1e14')

/**
 * Prices lines, in their order, in one statement. Exact decimals: `numeric` multiplies exactly, `* 0.01` where
 * `/ 100` would round, and its `round` rounds half away from zero.
 *
 * @returns `null` for a line whose amounts no column holds
 */
export async function priceLines(
  database: Kysely<unknown>,
  lines: readonly Price[],
): Promise<readonly (Amounts | null)[]> {
  if (lines.length === 0) return []
  // These and no more: whoever asks may have hung a whole document on each line.
  const given = JSON.stringify(
    lines.map(({ quantity, unitPrice, discountPercent, taxPercent }, ordinal) => ({
      ...{ ordinal, quantity, unitPrice, discountPercent, taxPercent },
    })),
  )
  const { rows } = await sql<Amounts & { readonly isTooLarge: boolean }>`
    with given as (
      select * from jsonb_to_recordset(${given}::jsonb) as given(
        ordinal int, quantity numeric, "unitPrice" numeric, "discountPercent" numeric, "taxPercent" numeric)
    ), full_price as (
      select *, round(quantity * "unitPrice", 4) as subtotal from given
    ), reduced as (
      select *, round(subtotal * "discountPercent" * 0.01, 4) as discount from full_price
    ), taxed as (
      select *, round((subtotal - discount) * "taxPercent" * 0.01, 4) as tax from reduced
    )
    select subtotal, discount, tax, subtotal - discount + tax as total,
      greatest(subtotal, subtotal - discount + tax) >= ${tooLarge} as "isTooLarge"
    from taxed order by ordinal`.execute(database)
  return rows.map(({ isTooLarge, ...amounts }) => (isTooLarge ? null : amounts))
}

/** What a document comes to. */
export interface DocumentTotals extends Amounts {
  readonly id: string
  /** Whether more is taken off than there is. */
  readonly isOverdrawn: boolean
  /** Whether no column holds it. */
  readonly isTooLarge: boolean
}

export interface TotalsOptions {
  /** Rows of `id` and `extraDiscount`. */
  readonly documents: RawBuilder<unknown>
  /** Rows of `documentId` and a line's amounts. */
  readonly lines: RawBuilder<unknown>
}

/** Documents as they are to be: rows for `totals`. */
export const givenDocuments = (
  documents: readonly { readonly id: string; readonly extraDiscount: string }[],
): RawBuilder<unknown> => sql`
  select * from jsonb_to_recordset(${JSON.stringify(documents)}::jsonb) as document(id text, "extraDiscount" numeric)`

/** What lines are to come to: rows for `totals`. */
export const givenAmounts = (
  lines: readonly (Omit<Amounts, 'total'> & { readonly documentId: string })[],
): RawBuilder<unknown> => sql`
  select * from jsonb_to_recordset(${JSON.stringify(lines)}::jsonb)
    as line("documentId" text, subtotal numeric, discount numeric, tax numeric)`

/** The lines of documents as they are stored, without some of them. */
export const storedLines = (
  { line, key }: DocumentKind,
  documentIds: readonly string[],
  without: readonly string[] = [],
): RawBuilder<unknown> => sql`
  select ${sql.ref(key)} as "documentId", subtotal, discount, tax from ${sql.table(line)}
  where ${sql.ref(key)} = any(${documentIds}) and "deletedAt" is null and id <> all(${without})`

/**
 * What documents come to: rows of `id`, amounts, and what would be wrong with them. The sums of what their
 * lines were rounded to. Without lines there is nothing that anything could be taken off.
 */
export const totals = ({ documents, lines }: TotalsOptions): RawBuilder<DocumentTotals> => sql`
  select id, subtotal, discount, tax, subtotal - discount + tax as total,
    discount > subtotal as "isOverdrawn", greatest(subtotal, subtotal - discount + tax) >= ${tooLarge} as "isTooLarge"
  from (
    select document.id, round(coalesce(sum(line.subtotal), 0), 4) as subtotal, round(coalesce(sum(line.tax), 0), 4) as tax,
      round(case when count(line."documentId") = 0 then 0 else sum(line.discount) + document."extraDiscount" end, 4) as discount
    from (${documents}) as document left join (${lines}) as line on line."documentId" = document.id
    group by document.id, document."extraDiscount"
  ) as summed`

/** Reads what documents come to, or would with other lines. */
export async function readTotals(
  database: Kysely<unknown>,
  options: TotalsOptions,
): Promise<ReadonlyMap<string, DocumentTotals>> {
  const { rows } = await totals(options).execute(database)
  return new Map(rows.map(row => [row.id, row]))
}
