import type { Change } from '@trellis/sdk'
import type { DocumentKind, DocumentLine } from './document-kind.ts'

type LineChange = Change<DocumentLine>

/** What a line amounts to follows from these. */
const pricing = ['productId', 'quantity', 'unitPrice', 'discountPercent', 'taxPercent'] as const

const touches = ({ action, values }: LineChange, fields: readonly (keyof DocumentLine)[]): boolean =>
  action !== 'update' || fields.some(field => values[field] !== undefined)

/** Whether a change may change what the document comes to. */
export const isPriced = (change: LineChange): boolean => touches(change, pricing)

/** Whether a change is one of what was agreed upon: of anything but an installation's own fields. */
export const isOfSubstance = (change: LineChange): boolean =>
  touches(change, [...pricing, 'position', 'description'])

/** The document whose line it is. */
export const documentIdOf = ({ key }: DocumentKind, { before, values }: LineChange): string =>
  values[key] ?? before?.[key] ?? ''

/** The field of the input that names the document, for what is wrong with that. */
export const documentField = ({ key }: DocumentKind, { input }: LineChange): string =>
  key in input ? key : 'id'
