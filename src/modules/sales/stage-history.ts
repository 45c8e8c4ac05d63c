import { type Change, type Effect, type Records, UserErrors } from '@trellis/sdk'
import { sql } from 'kysely'
import { newId } from '../../lib/type-id.ts'

type Opportunity = Records['Opportunity']

interface Visit {
  readonly stageId: string
  readonly enteredAt: Date
}

/** Stages that an import may say an opportunity went through, at most. */
const mostVisits = 100

/** When the opportunity entered the stage that the change puts it in. */
function enteredAt({ values, input }: Change<Opportunity>, now: Date): Date {
  const given = input['stageEnteredAt']
  return given instanceof Date ? given : (values.closedAt ?? now)
}

const isVisit = (value: unknown): value is Visit =>
  typeof value === 'object' && value !== null && 'stageId' in value && 'enteredAt' in value && value.enteredAt instanceof Date

/** The stages that an import says it was in before, then the one it is in: without gaps, the oldest first. */
function visitsOf(change: Change<Opportunity>, stageId: string, now: Date): readonly Visit[] {
  const history = change.input['stageHistory']
  const earlier = Array.isArray(history) && change.action === 'create' ? history.filter(isVisit) : []
  const path = [...change.path, 'stageHistory']
  if (earlier.length > mostVisits)
    throw new UserErrors([{ code: 'TOO_LONG', message: `stageHistory has ${earlier.length} stages; ${mostVisits} are allowed.`, path }])
  const visits = [...earlier, { stageId, enteredAt: enteredAt(change, now) }]
  const disorder = visits.findIndex((visit, index) => visit.enteredAt < (visits[index - 1]?.enteredAt ?? visit.enteredAt))
  if (disorder > 0)
    throw new UserErrors([{ code: 'CONTRADICTION', message: `stage ${disorder + 1} of stageHistory was entered before the one before it.`, path }])
  return visits
}

/** Keeps the history of stages: a move leaves one stage and enters the next at the same instant. */
export const recordStageHistory: Effect<Opportunity> = async (changes, context) => {
  const now = context.now()
  const moved = changes.filter(({ before, values }) => values.stageId !== undefined && values.stageId !== before?.stageId)
  if (moved.length === 0) return
  const left = moved
    .filter(({ before }) => before !== null)
    .map(change => ({ opportunityId: change.id, leftAt: enteredAt(change, now) }))
  const entered = moved.flatMap(change => {
    const visits = visitsOf(change, change.values.stageId ?? '', now)
    return visits.map((visit, index) => ({
      id: newId('sth'),
      opportunityId: change.id,
      stageId: visit.stageId,
      fromStageId: visits[index - 1]?.stageId ?? change.before?.stageId ?? null,
      enteredAt: visit.enteredAt,
      leftAt: visits[index + 1]?.enteredAt ?? null,
    }))
  })
  const database = context.database()
  const by = context.viewer.id
  // Rows as one JSON value: the statement is the same, and planned once, for one opportunity and for a thousand.
  if (left.length > 0)
    await sql`
      update "StageHistory" as stored
      set "leftAt" = greatest(given."leftAt", stored."enteredAt"), "updatedAt" = ${now}, "updatedById" = ${by}, version = stored.version + 1
      from jsonb_to_recordset(${JSON.stringify(left)}::jsonb) as given("opportunityId" text, "leftAt" timestamptz)
      where stored."opportunityId" = given."opportunityId" and stored."leftAt" is null`.execute(database)
  await sql`
    insert into "StageHistory" (id, "opportunityId", "stageId", "fromStageId", "enteredAt", "leftAt", "createdAt", "createdById", "updatedAt", "updatedById")
    select id, "opportunityId", "stageId", "fromStageId", "enteredAt", "leftAt", ${now}::timestamptz, ${by}, ${now}::timestamptz, ${by}
    from jsonb_to_recordset(${JSON.stringify(entered)}::jsonb)
      as given(id text, "opportunityId" text, "stageId" text, "fromStageId" text, "enteredAt" timestamptz, "leftAt" timestamptz)`.execute(database)
}
