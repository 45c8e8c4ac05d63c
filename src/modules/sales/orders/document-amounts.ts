import type { Change, Check } from '@trellis/sdk'
import { refusal } from '../../../lib/refusal.ts'
import { isTakenOver } from '../../../lib/taken-over.ts'
import { givenDocuments, readTotals, storedLines } from './amounts.ts'
import type { DocumentKind, SalesDocument } from './document-kind.ts'
import { totalsProblem } from './line-amounts.ts'

/** Whether a write changes what the document comes to. */
export const isRecounted = ({ before, values }: Change<SalesDocument>): boolean =>
  before !== null &&
  (['discount', 'total'] as const).some(field => (values[field] ?? before[field]) !== before[field])

/** Keeps what documents come to in step with what is taken off them; as long as their lines may change. */
export const checkExtraDiscount =
  (kind: DocumentKind): Check<SalesDocument> =>
  async (changes, context) => {
    const { word, editable, entity } = kind
    const discounted = changes.flatMap(change => {
      const { extraDiscount } = change.values
      return change.action === 'update' && extraDiscount !== undefined
        ? [{ change, id: change.id, extraDiscount }]
        : []
    })
    if (discounted.length === 0) return []
    const totals = await readTotals(context.database(), {
      documents: givenDocuments(discounted.map(({ id, extraDiscount }) => ({ id, extraDiscount }))),
      lines: storedLines(
        kind,
        discounted.map(({ id }) => id),
      ),
    })
    return discounted.flatMap(({ change }) => {
      const total = totals.get(change.id)
      if (!total) return []
      const { subtotal, discount, tax } = total
      const problem = totalsProblem(total)
      if (problem !== null) return [refusal(change, 'extraDiscount', 'OUT_OF_RANGE', problem)]
      change.amend({ subtotal, discount, tax, total: total.total })
      const status = change.before?.status ?? ''
      if (!isRecounted(change) || editable.includes(status) || isTakenOver(change, context, entity)) return []
      const message = `The ${word} is ${status}; its extraDiscount may change in ${editable.join(' and ')} only.`
      return [refusal(change, 'extraDiscount', 'LOCKED', message)]
    })
  }
