import type { Change, Check } from '@trellis/sdk'
import { sql } from 'kysely'
import { refusal } from '../../../lib/refusal.ts'
import { willBe } from '../../../lib/will-be.ts'
import {
  type DocumentTotals,
  givenAmounts,
  givenDocuments,
  greatest,
  priceLines,
  readTotals,
  storedLines,
} from './amounts.ts'
import type { DocumentKind, DocumentLine } from './document-kind.ts'
import { isGiven } from './given-lines.ts'
import type { DocumentOf } from './held-documents.ts'
import { documentField, isPriced } from './line-fields.ts'

/** Fills in what lines amount to. */
export const priceChanges: Check<DocumentLine> = async (changes, context) => {
  const priced = changes.filter(
    change => isPriced(change) && (change.action === 'create' || change.action === 'update'),
  )
  const amounts = await priceLines(
    context.database(),
    priced.map(change => ({
      quantity: willBe(change, 'quantity') ?? '1',
      unitPrice: willBe(change, 'unitPrice') ?? '0',
      discountPercent: willBe(change, 'discountPercent') ?? '0',
      taxPercent: willBe(change, 'taxPercent') ?? '0',
    })),
  )
  return priced.flatMap((change, index) => {
    const amount = amounts[index]
    if (amount) {
      change.amend(amount)
      return []
    }
    const message = `quantity times unitPrice, or that with its tax, is more than ${greatest}.`
    return [refusal(change, 'quantity', 'OUT_OF_RANGE', message)]
  })
}

/** What is wrong with what a document would come to; `null` for nothing. */
export function totalsProblem({
  isOverdrawn,
  isTooLarge,
  discount,
  subtotal,
}: DocumentTotals): string | null {
  if (isTooLarge) return `The lines would add up to more than ${greatest}.`
  if (isOverdrawn)
    return `${discount} would be taken off lines that come to ${subtotal}; lower extraDiscount first.`
  return null
}

/** What a line counts for after the change: nothing when it goes, what it counted for when it comes back. */
const countedAs = (change: Change<DocumentLine>) =>
  change.action === 'delete'
    ? []
    : [
        {
          subtotal: willBe(change, 'subtotal') ?? '0',
          discount: willBe(change, 'discount') ?? '0',
          tax: willBe(change, 'tax') ?? '0',
        },
      ]

/** Refuses lines that would have their documents add up to what cannot be; those that come with one are added up at last. */
export const addUpLines =
  (kind: DocumentKind, documentOf: DocumentOf): Check<DocumentLine> =>
  async (changes, context) => {
    const counting = changes.filter(change => isPriced(change) && !isGiven(change))
    const documents = new Map(
      counting.flatMap(change => {
        const document = documentOf(change)
        return document ? [[document.id, document] as const] : []
      }),
    )
    if (documents.size === 0) return []
    const added = counting.flatMap(change => {
      const documentId = documentOf(change)?.id
      return documentId === undefined ? [] : countedAs(change).map(amounts => ({ ...amounts, documentId }))
    })
    const stored = storedLines(
      kind,
      [...documents.keys()],
      counting.map(({ id }) => id),
    )
    const totals = await readTotals(context.database(), {
      documents: givenDocuments([...documents.values()]),
      lines: sql`${stored} union all ${givenAmounts(added)}`,
    })
    return counting.flatMap(change => {
      const total = totals.get(documentOf(change)?.id ?? '')
      const message = total ? totalsProblem(total) : null
      return message === null ? [] : [refusal(change, documentField(kind, change), 'OUT_OF_RANGE', message)]
    })
  }
