import type { Change } from '@trellis/sdk'
import type { SalesDocument } from './document-kind.ts'

/** A line that comes with its document, as the SDL's `OrderLineInput` and `QuoteLineInput` have it. */
export interface GivenLine {
  readonly productId: string
  readonly position?: number | null
  readonly quantity?: string | null
  readonly unitPrice?: string | null
  readonly discountPercent?: string | null
  readonly taxPercent?: string | null
  readonly description?: string | null
}

/** A line and the document that it comes with. */
export interface PlacedLine {
  readonly document: Change<SalesDocument>
  readonly line: GivenLine
  /** From 0, among the document's. */
  readonly index: number
}

const isGivenLine = (value: unknown): value is GivenLine =>
  typeof value === 'object' && value !== null && 'productId' in value

/** The lines that come with new documents. */
export const givenLines = (changes: readonly Change<SalesDocument>[]): readonly PlacedLine[] =>
  changes.flatMap(document => {
    const lines = document.input['lines']
    if (document.action !== 'create' || !Array.isArray(lines)) return []
    return lines.filter(isGivenLine).map((line, index) => ({ document, line, index }))
  })

/** Where a field of a line stands in the mutation's arguments. */
export const pathOf = ({ document, index }: PlacedLine, field: string): readonly string[] => [
  ...document.path,
  'lines',
  String(index),
  field,
]
