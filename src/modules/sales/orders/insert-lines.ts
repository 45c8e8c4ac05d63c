import type { Change, DataContext, StoredItem } from '@trellis/sdk'
import type { DocumentKind, DocumentLine, SalesDocument } from './document-kind.ts'
import { givenLines, inputOf } from './given-lines.ts'

/** The lines of a new document, to be written as lines of their own are. */
const itemsOf = (
  { key }: DocumentKind,
  document: Change<SalesDocument>,
): readonly StoredItem<DocumentLine>[] =>
  givenLines(document).map((line, index) => {
    const { productId, quantity, unitPrice, discountPercent, taxPercent, description = null } = line
    const { source } = document.values
    return {
      values: {
        ...{ [key]: document.id, productId, quantity, discountPercent, taxPercent, description },
        position: line.position ?? index + 1,
        ...(unitPrice != null && { unitPrice }),
        ...(source != null && { source }),
      },
      input: inputOf(line),
      path: [...document.path, 'lines', String(index)],
    }
  })

/**
 * Writes the lines that come with new documents, those of all together; answers whose they are.
 *
 * @throws UserErrors with all that is wrong with them
 */
export async function insertGivenLines(
  kind: DocumentKind,
  changes: readonly Change<SalesDocument>[],
  { services }: DataContext,
): Promise<readonly Change<SalesDocument>[]> {
  const items = changes.flatMap(change => itemsOf(kind, change))
  if (items.length > 0) await services[kind.lines].insert(items)
  return changes.filter(change => givenLines(change).length > 0)
}
