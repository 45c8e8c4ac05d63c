import type { Change, Check, DataContext, Records, UserError } from '@trellis/sdk'
import { refusal } from '../../../lib/refusal.ts'
import { type CaseAfter, caseAfter } from '../cases/case-after.ts'
import { isOver } from '../cases/states.ts'
import { fillIn } from '../fill-in.ts'
import { choosePolicies } from './choose-policies.ts'
import { type Policy, readPolicies } from './policies.ts'
import { isHistory, keepPromise, NeverDue } from './promise.ts'

type Case = Records['Case']
type CaseChange = Change<Case>

/** A case on its way into the database. */
interface Written {
  readonly change: CaseChange
  readonly after: CaseAfter
}

/** What a policy is chosen by. */
const traits = ['customerId', 'priority', 'type'] as const

/** What promises depend on. */
const watched = [...traits, 'status', 'slaPolicyId', 'firstRespondedAt', 'resolvedAt', 'closedAt'] as const

const concerns = ({ action, values }: CaseChange): boolean =>
  action === 'create' || action === 'restore' || watched.some(field => values[field] !== undefined)

/** Whether nobody says what is promised, although it is to be said, or said anew. */
function isToBeChosen({ change, after }: Written, now: Date): boolean {
  const { action, before, values } = change
  if (values.slaPolicyId !== undefined) return false
  if (action === 'create') return !isHistory({ before, after, now })
  return (
    !isOver(after.status) &&
    traits.some(field => values[field] !== undefined && values[field] !== before?.[field])
  )
}

/** Chooses policies, in one statement, and answers the cases with them. */
async function withPolicies(
  cases: readonly Written[],
  context: DataContext,
  now: Date,
): Promise<readonly Written[]> {
  const unsaid = cases.filter(written => isToBeChosen(written, now))
  const chosen = await choosePolicies(
    unsaid.map(({ after }) => after),
    context,
  )
  const policyOf = new Map(unsaid.map((written, index) => [written, chosen[index] ?? null]))
  return cases.map(written => {
    const slaPolicyId = policyOf.get(written)
    if (slaPolicyId === undefined) return written
    return { change: written.change, after: { ...written.after, slaPolicyId } }
  })
}

const neverDue = (change: CaseChange, policy: Policy | null): UserError =>
  refusal(
    change,
    'slaPolicyId',
    'NO_BUSINESS_HOURS',
    `What the SLA policy "${policy?.name ?? ''}" promises would be due in more than a hundred years, or never: its calendar has hardly any hours, or none. Give it some, or choose another policy.`,
  )

/**
 * Promises something for new cases, and keeps the promises of others through all that happens to them. However
 * many cases, policies and calendars are read once.
 */
export const keepPromises: Check<Case> = async (changes, context) => {
  const now = context.now()
  const concerned = changes.filter(concerns).map(change => ({ change, after: caseAfter(change, now) }))
  const cases = await withPolicies(concerned, context, now)
  const policies = await readPolicies(
    cases.flatMap(({ change, after }) =>
      [change.before?.slaPolicyId, after.slaPolicyId].flatMap(id => id ?? []),
    ),
    context,
  )
  const policyOf = (id: string | null | undefined): Policy | null => (id && policies.get(id)) || null
  return cases.flatMap(({ change, after }) => {
    const { before } = change
    const is = policyOf(after.slaPolicyId)
    try {
      const kept = keepPromise({ before, after, was: policyOf(before?.slaPolicyId), is, now })
      fillIn(change, { ...kept, slaPolicyId: after.slaPolicyId })
      return []
    } catch (error) {
      if (error instanceof NeverDue) return [neverDue(change, is)]
      throw error
    }
  })
}
