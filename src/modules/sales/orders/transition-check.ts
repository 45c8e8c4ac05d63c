import type { Change, Check, DataContext, UserError } from '@trellis/sdk'
import { sql } from 'kysely'
import { refusal } from '../../../lib/refusal.ts'
import { isTakenOver } from '../../../lib/taken-over.ts'
import { findUnapproved } from '../approvals/unapproved.ts'
import type { DocumentKind, SalesDocument } from './document-kind.ts'
import { remarkProblem } from './remarks.ts'

/** A document that goes from one state to another; from none when it is new. */
interface Step {
  readonly change: Change<SalesDocument>
  readonly from: string | null
  readonly to: string
}

function stepOf(change: Change<SalesDocument>): readonly Step[] {
  const { action, before, values } = change
  const to = values.status ?? (action === 'create' ? 'DRAFT' : undefined)
  return to === undefined ? [] : [{ change, from: before?.status ?? null, to }]
}

const isEmpty = (value: unknown): boolean => !Array.isArray(value) || value.length === 0

/** The documents among these that have no lines, in one statement. */
async function withoutLines(
  { entity, line, key }: DocumentKind,
  steps: readonly Step[],
  context: DataContext,
): Promise<ReadonlySet<string>> {
  const stored = steps.flatMap(({ change: { id, before } }) => (before ? [id] : []))
  if (stored.length === 0) return new Set()
  const { rows } = await sql<{ id: string }>`
    select id from ${sql.table(entity)} as document where id = any(${stored}) and not exists (
      select from ${sql.table(line)} as line where line.${sql.ref(key)} = document.id and line."deletedAt" is null)`.execute(
    context.database(),
  )
  return new Set(rows.map(({ id }) => id))
}

/** What whoever takes a step may say of it. */
const boundRemarks = (steps: readonly Step[]): readonly UserError[] =>
  steps.flatMap(({ change }) => {
    const message = remarkProblem(change.input['comment'])
    return message === null ? [] : [refusal(change, 'comment', 'TOO_LONG', message)]
  })

/** Nothing to deliver is no order, and nothing to offer no quote. */
async function needLines(
  kind: DocumentKind,
  steps: readonly Step[],
  context: DataContext,
): Promise<readonly UserError[]> {
  const leaving = steps.filter(({ from, to }) => from === 'DRAFT' || (from === null && to !== 'DRAFT'))
  const empty = await withoutLines(kind, leaving, context)
  return leaving
    .filter(({ change, from }) => (from === null ? isEmpty(change.input['lines']) : empty.has(change.id)))
    .map(({ change, to }) =>
      refusal(
        change,
        'status',
        'NO_LINES',
        `The ${kind.word} has no lines, so it cannot become ${to}; add some first.`,
      ),
    )
}

/** What was approved is what goes on: neither the amounts nor the customer change in the same breath. */
async function needApproval(
  { word, approved, ...kind }: DocumentKind,
  steps: readonly Step[],
  context: DataContext,
): Promise<readonly UserError[]> {
  const going = steps.filter(({ to }) => approved.includes(to))
  const rules = await findUnapproved(
    kind,
    going.map(({ change }) => change.id),
    context,
  )
  return going.flatMap(({ change, to }) => {
    const moving = (['extraDiscount', 'customerId'] as const).find(
      field => change.before !== null && change.changedFields().includes(field),
    )
    if (moving !== undefined) {
      const message = `${moving} cannot change as the ${word} becomes ${to}; change it first.`
      return [refusal(change, moving, 'CONTRADICTION', message)]
    }
    const rule = rules.get(change.id)
    if (rule === undefined) return []
    const message = `By the rule "${rule}" the ${word} has to be approved before it becomes ${to}; ask by approvalCreate.`
    return [refusal(change, 'status', 'NOT_APPROVED', message)]
  })
}

/**
 * Lets documents take the steps that their states allow, when what each step asks for is given. Whoever
 * reaches all of them may take over any state from another system.
 */
export const checkTransitions =
  (kind: DocumentKind): Check<SalesDocument> =>
  async (changes, context) => {
    const steps = changes
      .filter(change => !isTakenOver(change, context, kind.entity))
      .flatMap(change => stepOf(change))
    const illegal = steps.flatMap(({ change, from, to }) => {
      const message = kind.states.refusal(from, to)
      return message === null ? [] : [{ change, message }]
    })
    const refused = new Set(illegal.map(({ change }) => change))
    const legal = steps.filter(({ change }) => !refused.has(change))
    return [
      ...illegal.map(({ change, message }) => refusal(change, 'status', 'INVALID_TRANSITION', message)),
      ...boundRemarks(steps),
      ...(await needLines(kind, legal, context)),
      ...(await needApproval(kind, legal, context)),
    ]
  }
