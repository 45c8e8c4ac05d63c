import type { Check, Records } from '@trellis/sdk'
import { refusal } from '../../../lib/refusal.ts'
import { isTakenOver } from '../../../lib/taken-over.ts'

/** Refuses to send and to accept quotes that hold no more: their last day, in UTC, is over. */
export const checkValidity: Check<Records['Quote']> = (changes, context) => {
  const today = context.now().toISOString().slice(0, 10)
  return changes.flatMap(change => {
    const { status, validUntil = change.before?.validUntil } = change.values
    if ((status !== 'SENT' && status !== 'ACCEPTED') || isTakenOver(change, context, 'Quote')) return []
    if (!validUntil || validUntil >= today) return []
    const way = status === 'SENT' ? 'give it' : 'take it back to DRAFT and give it'
    const message = `The quote held until ${validUntil}, so it cannot become ${status}; ${way} another validUntil.`
    return [refusal(change, 'status', 'EXPIRED', message)]
  })
}
