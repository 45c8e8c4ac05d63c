import type { Change, Check, EntityInput } from '@trellis/sdk'
import { refusal } from '../../../lib/refusal.ts'
import type { DocumentLine, SalesDocument } from './document-kind.ts'

/** A line that comes with its document, as the SDL's `OrderLineInput` and `QuoteLineInput` have it. */
export interface GivenLine {
  readonly productId: string
  readonly position?: number | null
  readonly quantity: string
  readonly unitPrice?: string | null
  readonly discountPercent: string
  readonly taxPercent: string
  readonly description?: string | null
}

/** Lines that come with one document, at most. */
const most = 1000

const isGivenLine = (value: unknown): value is GivenLine =>
  typeof value === 'object' && value !== null && 'productId' in value

/** The lines that come with a new document. */
export const givenLines = ({ action, input: { lines } }: Change<SalesDocument>): readonly GivenLine[] =>
  action === 'create' && Array.isArray(lines) ? lines.filter(isGivenLine) : []

/** Tells such a line from one that is added to a document that is there. */
const comesWithDocument = Symbol('comes with its document')

/** What checks and effects see of such a line as its input. */
export const inputOf = (line: GivenLine): EntityInput => ({ ...line, [comesWithDocument]: true })

/** Whether a line comes with its document, in whose input it stands: `["input", "lines", "0"]`. */
export const isGiven = ({ input }: Change<DocumentLine>): boolean => comesWithDocument in input

/** Refuses lists of lines that are too long; what is in them is refused where it is written. */
export const boundLines: Check<SalesDocument> = changes =>
  changes.flatMap(change => {
    const { length } = givenLines(change)
    if (length <= most) return []
    return [refusal(change, 'lines', 'TOO_LONG', `lines has ${length} entries; ${most} are allowed.`)]
  })
