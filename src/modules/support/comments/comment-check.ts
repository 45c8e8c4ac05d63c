import type { Change, Check, Records } from '@trellis/sdk'
import { refusal } from '../refusal.ts'
import { isTakenOver } from '../taken-over.ts'
import { holdCases } from './hold-cases.ts'

type CaseComment = Records['CaseComment']

/** Whether the change says something to the customer that was not said before. */
export const isSaid = ({ action, before, values }: Change<CaseComment>): boolean => {
  const isInternal = values.isInternal ?? before?.isInternal ?? false
  return !isInternal && (action === 'create' || (action === 'update' && before?.isInternal === true))
}

export const caseOf = ({ before, values }: Change<CaseComment>): string =>
  values.caseId ?? before?.caseId ?? ''

const closed: readonly string[] = ['CLOSED', 'REJECTED', 'DUPLICATE']

/**
 * Refuses to go on talking with a customer about what is closed; colleagues may. Whoever reaches all cases may take
 * over from another system what was said in its time.
 */
export const checkComments: Check<CaseComment> = async (changes, context) => {
  const said = changes.filter(change => isSaid(change) && !isTakenOver(change, context))
  const cases = await holdCases(said.map(caseOf), context)
  return said.flatMap(change => {
    const about = cases.get(caseOf(change))
    if (!about || !closed.includes(about.status)) return []
    const message = `Case ${about.number} is ${about.status}; reopen it first, or comment on it with isInternal.`
    return [refusal(change, change.action === 'create' ? 'caseId' : 'isInternal', 'CLOSED', message)]
  })
}
