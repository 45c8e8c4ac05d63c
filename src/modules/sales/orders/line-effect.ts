import type { Change, Effect } from '@trellis/sdk'
import { voidApprovals } from '../approvals/void.ts'
import type { DocumentKind, DocumentLine } from './document-kind.ts'
import { isGiven } from './given-lines.ts'
import { documentIdOf, isOfSubstance, isPriced } from './line-fields.ts'
import { type Recounted, writeTotals } from './write-totals.ts'

/** The documents of lines, each once. */
const documentsOf = (kind: DocumentKind, changes: readonly Change<DocumentLine>[]): readonly Recounted[] => [
  ...new Map(
    changes.map((change): [string, Recounted] => {
      const { before, values, path } = change
      const source = (values.source === undefined ? before?.source : values.source) ?? null
      const id = documentIdOf(kind, change)
      // Lines that come with a document stand in a list of its input.
      const at = isGiven(change) ? [...path.slice(0, -2), 'extraDiscount'] : ['input']
      return [id, { id, source, path: at }]
    }),
  ).values(),
]

/** Keeps what documents come to in step with their lines; what was approved before is not what they are now. */
export const followLines =
  (kind: DocumentKind): Effect<DocumentLine> =>
  async (changes, context) => {
    const { given = [], own = [] } = Object.groupBy(changes.filter(isOfSubstance), change =>
      isGiven(change) ? 'given' : 'own',
    )
    const repriced = own.filter(isPriced).map(change => documentIdOf(kind, change))
    await voidApprovals(kind, [...new Set(repriced)], context)
    await writeTotals(kind, documentsOf(kind, own), { context })
    await writeTotals(kind, documentsOf(kind, given), { context, areNew: true })
  }
