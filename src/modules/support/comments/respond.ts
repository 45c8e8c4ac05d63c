import type { DataContext, Effect, Records } from '@trellis/sdk'
import { sql } from 'kysely'
import { leaveWord } from '../outbox.ts'
import { readPolicies } from '../sla/policies.ts'
import { keepPromise } from '../sla/promise.ts'
import { breachesOf } from '../sla/standing.ts'
import { tellFailures } from '../sla/tell-failures.ts'
import { caseOf, isSaid } from './comment-check.ts'
import { type HeldCase, holdCases } from './hold-cases.ts'

/** A case that was responded to, as it is now. */
interface Responded {
  readonly before: HeldCase
  readonly after: HeldCase
}

/** What responding now comes to: a clock that stands still goes on until then. */
async function respondTo(
  cases: readonly HeldCase[],
  context: DataContext,
  now: Date,
): Promise<readonly Responded[]> {
  const policies = await readPolicies(
    cases.flatMap(({ slaPolicyId }) => slaPolicyId ?? []),
    context,
  )
  return cases.map(before => {
    const after = { ...before, firstRespondedAt: now }
    const policy = (before.slaPolicyId && policies.get(before.slaPolicyId)) || null
    return { before, after: { ...after, ...keepPromise({ before, after, was: policy, is: policy, now }) } }
  })
}

/** Writes the responses, and leaves word of them, however many in one statement each. */
async function write(
  responded: readonly Responded[],
  sources: ReadonlyMap<string, string | null>,
  context: DataContext,
): Promise<void> {
  const database = context.database()
  const rows = responded.map(({ after: { id, firstRespondedAt, responseDueAt, slaStatus } }) => ({
    ...{ id, firstRespondedAt, responseDueAt, slaStatus },
    source: sources.get(id) ?? null,
  }))
  await sql`
    update "Case" as stored
    set "firstRespondedAt" = given."firstRespondedAt", "responseDueAt" = given."responseDueAt", "slaStatus" = given."slaStatus",
      source = given.source, "updatedAt" = ${context.now()}, "updatedById" = ${context.viewer.id}, version = stored.version + 1
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
      as given(id text, "firstRespondedAt" timestamptz, "responseDueAt" timestamptz, "slaStatus" "SlaStatus", source text)
    where stored.id = given.id`.execute(database)
  const payload = { fields: ['firstRespondedAt', 'responseDueAt', 'slaStatus', 'source'] }
  await leaveWord(
    database,
    context.viewer.id,
    rows.map(({ id }) => ({ type: 'case.updated', entityId: id, payload })),
  )
}

/** The first comment that is not internal responds to a case. Tells the timeline of all of them, and not what they say. */
export const followComments: Effect<Records['CaseComment']> = async (changes, context) => {
  const { timeline } = context.services
  await timeline.record(
    changes
      .filter(({ action }) => action === 'create')
      .map(change => ({
        targetId: caseOf(change),
        type: 'case.commented',
        data: { commentId: change.id, isInternal: change.values.isInternal ?? false },
      })),
  )
  const said = changes.filter(isSaid)
  const cases = await holdCases(said.map(caseOf), context)
  const open = [...cases.values()].filter(({ firstRespondedAt }) => firstRespondedAt === null)
  if (open.length === 0) return
  const now = context.now()
  const responded = await respondTo(open, context, now)
  await write(responded, new Map(said.map(change => [caseOf(change), change.values.source ?? null])), context)
  const failed = responded.filter(
    ({ before, after }) => after.slaStatus === 'FAILED' && before.slaStatus !== 'FAILED',
  )
  await tellFailures(
    failed.map(({ after }) => ({ id: after.id, breaches: breachesOf(after, now) })),
    { database: context.database(), viewerId: context.viewer.id, timeline },
  )
}
