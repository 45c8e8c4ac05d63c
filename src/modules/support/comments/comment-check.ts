import type { Change, Check, Records } from '@trellis/sdk'
import { sql } from 'kysely'
import { refusal } from '../../../lib/refusal.ts'
import { isTakenOver } from '../../../lib/taken-over.ts'

type Case = Records['Case']
type CaseComment = Records['CaseComment']

/** Whether the change says something to the customer that was not said before. */
export const isSaid = ({ action, before, values }: Change<CaseComment>): boolean => {
  const isInternal = values.isInternal ?? before?.isInternal ?? false
  return !isInternal && (action === 'create' || (action === 'update' && before?.isInternal === true))
}

/** The case that a comment is about. */
export const caseOf = ({ before, values }: Change<CaseComment>): string =>
  values.caseId ?? before?.caseId ?? ''

const closed: readonly Case['status'][] = ['CLOSED', 'REJECTED', 'DUPLICATE']

/**
 * Refuses to go on talking with a customer about what is closed; colleagues may. Whoever reaches all cases may take
 * over from another system what was said in its time.
 *
 * The cases are held until the transaction ends: of two who comment at once, the second finds that the first has
 * responded. The right to comment is the right to change the case, and was looked at before.
 */
export const checkComments: Check<CaseComment> = async (changes, context) => {
  const said = changes.filter(isSaid)
  if (said.length === 0) return []
  const { rows } = await sql<Pick<Case, 'id' | 'number' | 'status'>>`
    select id, number, status from "Case" where id = any(${said.map(caseOf)}) order by id for no key update`.execute(
    context.database(),
  )
  const cases = new Map(rows.map(row => [row.id, row]))
  return said.flatMap(change => {
    const about = cases.get(caseOf(change))
    if (!about || !closed.includes(about.status) || isTakenOver(change, context, 'Case')) return []
    const message = `Case ${about.number} is ${about.status}; reopen it first, or comment on it with isInternal.`
    return [refusal(change, change.action === 'create' ? 'caseId' : 'isInternal', 'CLOSED', message)]
  })
}
