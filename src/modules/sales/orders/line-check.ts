import type { Check } from '@trellis/sdk'
import type { DocumentKind, DocumentLine } from './document-kind.ts'
import { type DocumentOf, holdDocuments } from './held-documents.ts'
import { inTurn } from './in-turn.ts'
import { addUpLines, priceChanges } from './line-amounts.ts'
import { documentIdOf, isOfSubstance } from './line-fields.ts'
import { refuseClosed, sell } from './line-sale.ts'

/** Refuses and fills in lines, over all documents that are touched at once. */
export const checkLines =
  (kind: DocumentKind): Check<DocumentLine> =>
  async (changes, context) => {
    const touching = changes.filter(isOfSubstance)
    const held = await holdDocuments(
      kind,
      touching.map(change => documentIdOf(kind, change)),
      context,
    )
    const documentOf: DocumentOf = change => held.get(documentIdOf(kind, change))
    const check = inTurn(
      refuseClosed(kind, documentOf),
      sell(kind, documentOf),
      priceChanges,
      addUpLines(kind, documentOf),
    )
    return check(touching, context)
  }
