import type { Effect } from '@trellis/sdk'
import { voidApprovals } from '../approvals/void.ts'
import type { DocumentKind, DocumentLine } from './document-kind.ts'
import { documentIdOf, isOfSubstance, isPriced } from './line-fields.ts'
import { type Recounted, writeTotals } from './write-totals.ts'

/** Keeps what documents come to in step with their lines; what was approved before is not what they are now. */
export const followLines =
  (kind: DocumentKind): Effect<DocumentLine> =>
  async (changes, context) => {
    const touching = changes.filter(isOfSubstance)
    const repriced = touching.filter(isPriced).map(change => documentIdOf(kind, change))
    await voidApprovals(kind, [...new Set(repriced)], context)
    const documents = new Map(
      touching.map((change): [string, Recounted] => {
        const { before, values } = change
        const source = (values.source === undefined ? before?.source : values.source) ?? null
        const id = documentIdOf(kind, change)
        return [id, { id, source }]
      }),
    )
    await writeTotals(kind, [...documents.values()], { context, path: ['input'] })
  }
