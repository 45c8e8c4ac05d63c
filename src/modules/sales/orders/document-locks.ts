import type { Change, Check } from '@trellis/sdk'
import { refusal } from '../../../lib/refusal.ts'
import { isTakenOver } from '../../../lib/taken-over.ts'
import type { DocumentKind, SalesDocument } from './document-kind.ts'

/** Whether a write has the document be for another customer. */
export const isReassigned = ({ before, values }: Change<SalesDocument>): boolean =>
  before !== null && values.customerId !== undefined && values.customerId !== before.customerId

/** Refuses to change what a document says once others rely on it, and to delete what somebody may deliver or pay. */
export const keepRelied =
  ({ word, entity, fixed, deletable }: DocumentKind): Check<SalesDocument> =>
  (changes, context) =>
    changes.flatMap(change => {
      const { action, before } = change
      const status = before?.status ?? ''
      if (action === 'delete' && !deletable.includes(status)) {
        const message = `The ${word} is ${status}; it may be deleted in ${deletable.join(' and ')} only.`
        return [refusal(change, 'id', 'LOCKED', message)]
      }
      if (action !== 'update' || isTakenOver(change, context, entity)) return []
      const changed = change.changedFields()
      return Object.entries(fixed)
        .filter(([field, states]) => changed.includes(field) && !states.includes(status))
        .map(([field, states]) => {
          const message = `The ${word} is ${status}; its ${field} may change in ${states.join(' and ')} only.`
          return refusal(change, field, 'LOCKED', message)
        })
    })
