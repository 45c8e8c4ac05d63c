import type { Change, Check, Context, Effect, Records, UserError } from '@trellis/sdk'
import { type Kysely, sql } from 'kysely'
import { newId } from '../../lib/type-id.ts'

type Opportunity = Records['Opportunity']

interface Visit {
  readonly stageId: string
  readonly enteredAt: Date
}

/** Stages that an import may say an opportunity went through, at most. */
const mostVisits = 100

/** Before this nobody kept such records: what is said of earlier times is a slip, and its durations would end nowhere. */
const earliest = new Date('1970-01-01T00:00:00Z')

/** When the opportunity entered the stage that the change puts it in. */
function enteredAt({ values, input }: Change<Opportunity>, now: Date): Date {
  const given = input['stageEnteredAt']
  return given instanceof Date ? given : (values.closedAt ?? now)
}

const isVisit = (value: unknown): value is Visit =>
  typeof value === 'object' &&
  value !== null &&
  'stageId' in value &&
  'enteredAt' in value &&
  value.enteredAt instanceof Date

/** The stages that an import says a new opportunity was in before. */
function earlierVisits({ action, input }: Change<Opportunity>): readonly Visit[] {
  const history = input['stageHistory']
  return Array.isArray(history) && action === 'create' ? history.filter(isVisit) : []
}

/** Those, then the one it is in: without gaps, the oldest first. */
const visitsOf = (change: Change<Opportunity>, now: Date): readonly Visit[] => [
  ...earlierVisits(change),
  { stageId: change.values.stageId ?? '', enteredAt: enteredAt(change, now) },
]

const tooEarly = (field: string, at: Date): string =>
  `${field} is ${at.toISOString()}; times from ${earliest.toISOString()} on are allowed.`

async function problemsOf(
  change: Change<Opportunity>,
  { loaders }: Context,
  now: Date,
): Promise<readonly UserError[]> {
  const refusal = (path: readonly string[], code: string, message: string): readonly UserError[] => [
    { code, message, path: [...change.path, ...path] },
  ]
  const entered = change.input['stageEnteredAt']
  if (entered instanceof Date && entered > now)
    return refusal(
      ['stageEnteredAt'],
      'OUT_OF_RANGE',
      `stageEnteredAt is ${entered.toISOString()}, which is still to come.`,
    )
  if (entered instanceof Date && entered < earliest)
    return refusal(['stageEnteredAt'], 'OUT_OF_RANGE', tooEarly('stageEnteredAt', entered))
  const earlier = earlierVisits(change)
  if (earlier.length === 0) return []
  if (earlier.length > mostVisits)
    return refusal(
      ['stageHistory'],
      'TOO_LONG',
      `stageHistory has ${earlier.length} stages; ${mostVisits} are allowed.`,
    )
  const ancient = earlier.flatMap(({ enteredAt: at }, index) =>
    at < earliest
      ? refusal(['stageHistory', String(index), 'enteredAt'], 'OUT_OF_RANGE', tooEarly('enteredAt', at))
      : [],
  )
  if (ancient.length > 0) return ancient
  const visits = visitsOf(change, now)
  const disorder = visits.findIndex(
    (visit, index) => visit.enteredAt < (visits[index - 1]?.enteredAt ?? visit.enteredAt),
  )
  if (disorder > 0)
    return refusal(
      ['stageHistory'],
      'CONTRADICTION',
      `stage ${disorder + 1} of stageHistory was entered before the one before it.`,
    )
  const stages = await loaders.pipelineStages.byId.loadMany(earlier.map(({ stageId }) => stageId))
  return earlier.flatMap(({ stageId }, index) =>
    stages[index]
      ? []
      : refusal(
          ['stageHistory', String(index), 'stageId'],
          'NOT_FOUND',
          `There is no PipelineStage "${stageId.slice(0, 60)}".`,
        ),
  )
}

/** Refuses a history that cannot have been, of one item and not of those that come with it. */
export const checkStageHistory: Check<Opportunity> = async (changes, context) => {
  const now = context.now()
  return (await Promise.all(changes.map(change => problemsOf(change, context, now)))).flat()
}

interface Leaving {
  readonly opportunityId: string
  readonly leftAt: Date
}

/**
 * Ends the visits that go on, and answers when, by opportunity: not before they began, whatever the caller says
 * of the next. Rows as one JSON value: the statement is the same, and planned once, for one and for a thousand.
 */
async function leave(
  left: readonly Leaving[],
  { database, now, by }: { readonly database: Kysely<unknown>; readonly now: Date; readonly by: string },
): Promise<ReadonlyMap<string, Date>> {
  if (left.length === 0) return new Map()
  const { rows } = await sql<Leaving>`
    update "StageHistory" as stored
    set "leftAt" = greatest(given."leftAt", stored."enteredAt"), "updatedAt" = ${now}, "updatedById" = ${by}, version = stored.version + 1
    from jsonb_to_recordset(${JSON.stringify(left)}::jsonb) as given("opportunityId" text, "leftAt" timestamptz)
    where stored."opportunityId" = given."opportunityId" and stored."leftAt" is null
    returning stored."opportunityId", stored."leftAt"`.execute(database)
  return new Map(rows.map(row => [row.opportunityId, row.leftAt]))
}

/** Keeps the history of stages: a move leaves one stage and enters the next at the same instant. */
export const recordStageHistory: Effect<Opportunity> = async (changes, context) => {
  const now = context.now()
  const moved = changes.filter(
    ({ before, values }) => values.stageId !== undefined && values.stageId !== before?.stageId,
  )
  if (moved.length === 0) return
  const left = moved
    .filter(({ before }) => before !== null)
    .map(change => ({ opportunityId: change.id, leftAt: enteredAt(change, now) }))
  const database = context.database()
  const by = context.viewer.id
  const leftAt = await leave(left, { database, now, by })
  const entered = moved.flatMap(change => {
    const visits = visitsOf(change, now)
    return visits.map((visit, index) => ({
      id: newId('sth'),
      opportunityId: change.id,
      stageId: visit.stageId,
      fromStageId: visits[index - 1]?.stageId ?? change.before?.stageId ?? null,
      enteredAt: leftAt.get(change.id) ?? visit.enteredAt,
      leftAt: visits[index + 1]?.enteredAt ?? null,
    }))
  })
  await sql`
    insert into "StageHistory" (id, "opportunityId", "stageId", "fromStageId", "enteredAt", "leftAt", "createdAt", "createdById", "updatedAt", "updatedById")
    select id, "opportunityId", "stageId", "fromStageId", "enteredAt", "leftAt", ${now}::timestamptz, ${by}, ${now}::timestamptz, ${by}
    from jsonb_to_recordset(${JSON.stringify(entered)}::jsonb)
      as given(id text, "opportunityId" text, "stageId" text, "fromStageId" text, "enteredAt" timestamptz, "leftAt" timestamptz)`.execute(
    database,
  )
}
