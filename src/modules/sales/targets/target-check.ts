import type { Change, Check, Records, UserError } from '@trellis/sdk'
import { checkDates } from '../../../lib/date-order.ts'
import { refusal } from '../../../lib/refusal.ts'
import { willBe } from '../../../lib/will-be.ts'

type SalesTarget = Records['SalesTarget']

/** Refuses targets of nobody. */
function checkWhose(change: Change<SalesTarget>): readonly UserError[] {
  if (willBe(change, 'ownerId') || willBe(change, 'teamId')) return []
  const message = 'A target is of somebody or, with ownerId null, of a team: give an ownerId or a teamId.'
  return [refusal(change, 'ownerId', 'REQUIRED', message)]
}

/** Refuses targets that nobody could reach: without anybody, or without a day. */
export const checkTargets: Check<SalesTarget> = changes =>
  changes
    .filter(({ action }) => action === 'create' || action === 'update')
    .flatMap(change => [...checkDates(change), ...checkWhose(change)])
