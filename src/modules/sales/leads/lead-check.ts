import type { Change, Check, Records, UserError } from '@trellis/sdk'
import { recordRefusal, refusal } from '../../../lib/refusal.ts'
import { saidOf, willBe } from '../../../lib/will-be.ts'

type Lead = Records['Lead']

/** What other services move, as when the customer that it became is merged into another one. */
const followed = ['convertedCustomerId', 'convertedContactId', 'convertedOpportunityId'] as const

/** Whether the change is to a lead that has become something else, which stays as it was then. */
const isFrozen = ({ action, before, values }: Change<Lead>): boolean =>
  before?.status === 'CONVERTED' &&
  action !== 'restore' &&
  followed.every(field => values[field] === undefined)

/** Whether another lead becomes part of this one, by `leadMerge`, which takes nothing over by name. */
const isMerged = ({ input }: Change<Lead>): boolean =>
  Array.isArray(input['mergedIds']) && !(Array.isArray(input['take']) && input['take'].length > 0)

/** Undoes what a merge fills in from the others. */
function leaveAsItWas(change: Change<Lead>): void {
  const { before } = change
  const changed = new Set(change.changedFields())
  change.amend(Object.fromEntries(Object.entries(before ?? {}).filter(([name]) => changed.has(name))))
}

const frozen = (change: Change<Lead>): UserError =>
  recordRefusal(
    change,
    'CONVERTED',
    `Lead ${change.id} is converted, so it is read-only; change the customer, the contact or the opportunity that it became.`,
  )

/** The person's name, or nothing. */
const nameOf = ({ values: { firstName, lastName } }: Change<Lead>): string =>
  [firstName, lastName]
    .map(name => name?.trim() ?? '')
    .filter(name => name !== '')
    .join(' ')

/** Whoever has no company is their own. */
function nameCompany(change: Change<Lead>): readonly UserError[] {
  if (change.action !== 'create' || change.values.company !== undefined) return []
  const company = nameOf(change)
  if (company === '')
    return [refusal(change, 'company', 'REQUIRED', 'company is required where there is no name of a person.')]
  change.amend({ company })
  return []
}

/** A reason goes with the status that needs it, and with no other. */
function checkReason(change: Change<Lead>): readonly UserError[] {
  const status = willBe(change, 'status')
  if (status === 'DISQUALIFIED')
    return willBe(change, 'disqualifyReason')?.trim()
      ? []
      : [
          refusal(
            change,
            'disqualifyReason',
            'REQUIRED',
            'A lead of status DISQUALIFIED needs a disqualifyReason.',
          ),
        ]
  if (saidOf(change, 'disqualifyReason') != null)
    return [
      refusal(
        change,
        'disqualifyReason',
        'CONTRADICTION',
        `disqualifyReason is given, but the lead's status is ${status ?? 'NEW'} and not DISQUALIFIED.`,
      ),
    ]
  if (change.before?.disqualifyReason) change.amend({ disqualifyReason: null })
  return []
}

function problemsOf(change: Change<Lead>): readonly UserError[] {
  if (isFrozen(change)) {
    if (!isMerged(change)) return [frozen(change)]
    leaveAsItWas(change)
    return []
  }
  if (change.action === 'delete' || change.action === 'restore') return []
  const { status, convertedAt } = change.values
  // Only the service that converts writes when that was.
  if (status === 'CONVERTED' && !convertedAt)
    return [
      refusal(
        change,
        'status',
        'INVALID_TRANSITION',
        'status is CONVERTED, which leadConvert sets, together with what the lead becomes.',
      ),
    ]
  return [...nameCompany(change), ...checkReason(change)]
}

/** Keeps leads sound: named, disqualified for a reason, and as they were once they are converted. */
export const checkLeads: Check<Lead> = changes => changes.flatMap(change => problemsOf(change))
