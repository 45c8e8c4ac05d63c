import type { Change, Check, DataContext, Records, UserError } from '@trellis/sdk'
import { mayWrite } from '../../../lib/may-write.ts'
import { refusal } from '../../../lib/refusal.ts'
import { findHomes, type Homes, refuseStrangers } from '../../../lib/same-customer.ts'
import { type CustomerAndOwner, customersAndOwners } from '../customers-and-owners.ts'

type Feedback = Records['Feedback']
type FeedbackChange = Change<Feedback>

/** What a feedback points to, with what the change says. */
interface Pointed {
  readonly change: FeedbackChange
  readonly after: Pick<Feedback, 'caseId' | 'orderId' | 'contactId' | 'customerId'>
}

const tables = { caseId: 'Case', orderId: 'Order', contactId: 'Contact' } as const
const pointers = ['caseId', 'orderId', 'contactId', 'customerId'] as const

function pointedOf(change: FeedbackChange): readonly Pointed[] {
  const { action, before, values } = change
  const isAbout = action === 'create' || pointers.some(field => values[field] !== undefined)
  const nothing = { caseId: null, orderId: null, contactId: null, customerId: null }
  return isAbout ? [{ change, after: { ...nothing, ...before, ...values } }] : []
}

/** Whoever looks after the case or the order looks after what is thought of it, unless the caller says who. */
function giveOwner(change: FeedbackChange, { ownerId, teamId }: CustomerAndOwner): void {
  const { action, input } = change
  if (action !== 'create' || input['ownerId'] !== undefined || ownerId === null) return
  change.amend({ ownerId, ...(input['teamId'] === undefined && { teamId }) })
}

function fit(
  { change, after }: Pointed,
  subject: CustomerAndOwner | undefined,
  homes: Homes,
): readonly UserError[] {
  const { caseId, orderId, contactId, customerId } = after
  if (caseId && orderId) {
    const message = 'orderId is given, but so is caseId; a feedback is about one of them.'
    return [refusal(change, 'orderId', 'CONTRADICTION', message)]
  }
  const filled = customerId ?? subject?.customerId ?? homes.get(contactId ?? '')
  if (filled && filled !== customerId) change.amend({ customerId: filled })
  if (subject) giveOwner(change, subject)
  return refuseStrangers(change, tables, homes)
}

/**
 * Whoever gives feedback about a case or an order writes what is said of it, and gives it to its owner: for those
 * who may change it. Others may see an order because they are asked to approve it.
 */
function forbidden(
  { change, after }: Pointed,
  { ownerId }: CustomerAndOwner,
  context: DataContext,
): readonly UserError[] {
  const [field, entity] = after.caseId ? (['caseId', 'Case'] as const) : (['orderId', 'Order'] as const)
  if (change.action !== 'create' || mayWrite(context, 'update', { entity, ownerId })) return []
  const message = `${field} is ${after[field]}, which is not yours to give feedback about.`
  return [refusal(change, field, 'FORBIDDEN', message)]
}

const idsOf = (pointed: readonly Pointed[], field: (typeof pointers)[number]): readonly string[] =>
  pointed.flatMap(({ after }) => after[field] ?? [])

/** Gives feedback the customer and the owner of what it is about, and refuses what is of different customers. */
export const fitSubjects: Check<Feedback> = async (changes, context: DataContext) => {
  const pointed = changes.flatMap(pointedOf)
  const cases = await customersAndOwners('Case', idsOf(pointed, 'caseId'), context)
  const orders = await customersAndOwners('Order', idsOf(pointed, 'orderId'), context)
  const known = [...cases, ...orders].map(([id, { customerId }]) => [id, customerId] as const)
  const people = await findHomes(changes, { contactId: 'Contact' }, context)
  const homes: Homes = new Map([...known, ...people])
  return pointed.flatMap(one => {
    const { caseId, orderId } = one.after
    const subject = (caseId && cases.get(caseId)) || (orderId && orders.get(orderId)) || undefined
    const refusals = subject ? forbidden(one, subject, context) : []
    return refusals.length > 0 ? refusals : fit(one, subject, homes)
  })
}
