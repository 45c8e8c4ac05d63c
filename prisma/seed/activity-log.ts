import type { Prisma } from '../../src/generated/prisma/client.ts'
import { addDays, addMinutes } from './calendar.ts'
import type { Dossier } from './deletions.ts'
import { identify } from './identifiers.ts'
import type { Opportunity } from './opportunities.ts'
import type { DefaultPipeline } from './pipeline.ts'
import type { StageCode } from './stage-path.ts'

/** What people did with customers, and what happened to records: rows by table. */
export interface ActivityLog {
  readonly Activity: readonly Prisma.ActivityCreateManyInput[]
  readonly ActivityTarget: readonly Prisma.ActivityTargetCreateManyInput[]
  readonly ActivityAttendee: readonly Prisma.ActivityAttendeeCreateManyInput[]
  readonly TimelineEvent: readonly Prisma.TimelineEventCreateManyInput[]
}

/** Its tables, those first that others refer to. */
export const activityLogTables = [
  'Activity',
  'ActivityTarget',
  'ActivityAttendee',
  'TimelineEvent',
] as const satisfies readonly (keyof ActivityLog)[]

export interface ActivityLogOptions {
  readonly now: Date
  readonly pipeline: DefaultPipeline
  readonly dossiers: readonly Dossier[]
  /** Ids of what somebody has deleted. */
  readonly deleted: ReadonlySet<string>
}

/** What an opportunity in a stage leads to. */
const plans: Partial<
  Readonly<
    Record<
      StageCode,
      { readonly type: 'CALL' | 'MEETING'; readonly subject: string; readonly minutes: number }
    >
  >
> = {
  PROSPECTING: { type: 'CALL', subject: 'First call', minutes: 20 },
  NEEDS_ANALYSIS: { type: 'MEETING', subject: 'What it is needed for', minutes: 90 },
  NEGOTIATION: { type: 'MEETING', subject: 'Terms', minutes: 60 },
}

/** Days that somebody has for a task. */
const taskDays = 5

interface Told {
  readonly row: Prisma.ActivityCreateManyInput & { readonly createdAt: Date; readonly updatedAt: Date }
  readonly targetIds: readonly string[]
  readonly contactId: string | undefined
}

/** Calls and meetings of the stages that an opportunity went through, and what is to be done for one that is open. */
function activitiesOf(opportunity: Opportunity, contactId: string | undefined, now: Date): readonly Told[] {
  const { id, company, owner, visits, closedAt, updatedAt } = opportunity
  const random = opportunity.random.fork('activities')
  const told = (createdAt: Date, values: Pick<Prisma.ActivityCreateManyInput, 'type' | 'subject'>): Told => ({
    row: {
      id: identify('act', createdAt, random),
      ...{ createdAt, updatedAt: createdAt, createdById: owner.id, updatedById: owner.id },
      ...{ ownerId: owner.id, teamId: owner.teamId },
      ...{
        taskStatus: null,
        callStatus: null,
        direction: null,
        startAt: null,
        endAt: null,
        dueAt: null,
        completedAt: null,
      },
      ...values,
    },
    targetIds: [id, company.id],
    contactId,
  })
  const done = visits.flatMap(({ stage, enteredAt }): readonly Told[] => {
    const plan = plans[stage]
    const endAt = plan && addMinutes(enteredAt, plan.minutes)
    if (!plan || !endAt || endAt >= now) return []
    const { row, ...rest } = told(enteredAt, { type: plan.type, subject: plan.subject })
    const direction = plan.type === 'CALL' ? 'OUTBOUND' : null
    return [
      {
        ...rest,
        row: { ...row, direction, callStatus: 'HELD', startAt: enteredAt, endAt, completedAt: enteredAt },
      },
    ]
  })
  if (closedAt) return done
  const { row, ...rest } = told(updatedAt, { type: 'TASK', subject: 'Follow up' })
  return [
    ...done,
    { ...rest, row: { ...row, taskStatus: 'NOT_STARTED', dueAt: addDays(updatedAt, taskDays) } },
  ]
}

type EventRow = Prisma.TimelineEventCreateManyInput

function eventOf(
  { random, owner }: Opportunity,
  occurredAt: Date,
  values: Pick<EventRow, 'targetId' | 'type'> & Partial<EventRow>,
): EventRow {
  return {
    id: identify(
      'tle',
      occurredAt,
      random.fork(`event ${values.targetId} ${values.type} ${values.activityId ?? ''}`),
    ),
    ...{ createdAt: occurredAt, updatedAt: occurredAt, createdById: owner.id, updatedById: owner.id },
    ...{ occurredAt, activityId: null, relatedId: null, data: {} },
    ...values,
  }
}

const decided = { CLOSED_WON: 'opportunity.won', CLOSED_LOST: 'opportunity.lost' } as const

/** That it was created, moved from stage to stage, and how it ended; the end is its customer's, too. */
function stageEvents(opportunity: Opportunity, { stages }: DefaultPipeline): readonly EventRow[] {
  const { id, company, createdAt, visits } = opportunity
  const moves = visits.slice(1).flatMap(({ stage, enteredAt }, index): readonly EventRow[] => {
    const type =
      stage === 'CLOSED_WON' || stage === 'CLOSED_LOST' ? decided[stage] : 'opportunity.stage_changed'
    const from = visits[index]
    const data = { ...(from && { fromStageId: stages[from.stage].id }), toStageId: stages[stage].id }
    const targetId = id
    // Other moves may lead to a stage again; each has a type and a moment of its own.
    const own = eventOf(opportunity, enteredAt, { targetId, type, data, relatedId: null })
    return type === 'opportunity.stage_changed'
      ? [{ ...own, id: identify('tle', enteredAt, opportunity.random.fork(`move ${index}`)) }]
      : [own, eventOf(opportunity, enteredAt, { targetId: company.id, type, relatedId: id })]
  })
  return [eventOf(opportunity, createdAt, { targetId: id, type: 'opportunity.created' }), ...moves]
}

/** Makes what led to each opportunity's stages, and the timelines that tell of it. */
export function makeActivityLog({ now, pipeline, dossiers, deleted }: ActivityLogOptions): ActivityLog {
  const living = dossiers.flatMap(({ opportunities, contacts }) =>
    opportunities
      .filter(({ id, company }) => !deleted.has(id) && !deleted.has(company.id))
      .map(opportunity => ({
        opportunity,
        told: activitiesOf(opportunity, contacts.find(({ id }) => !deleted.has(id))?.id, now),
      })),
  )
  const parts = living.flatMap(({ opportunity, told }) => told.map(one => ({ ...one, opportunity })))
  const common = ({ row }: Told) => ({
    createdAt: row.createdAt,
    updatedAt: row.updatedAt,
    createdById: row.createdById ?? null,
    updatedById: row.updatedById ?? null,
    activityId: row.id,
  })
  return {
    Activity: parts.map(({ row }) => row),
    ActivityTarget: parts.flatMap(part =>
      part.targetIds.map(targetId => ({
        ...common(part),
        id: identify('atg', part.row.createdAt, part.opportunity.random.fork(`${part.row.id} ${targetId}`)),
        targetId,
      })),
    ),
    ActivityAttendee: parts.flatMap(part =>
      part.contactId && part.row.type !== 'TASK'
        ? [
            {
              ...common(part),
              id: identify(
                'ata',
                part.row.createdAt,
                part.opportunity.random.fork(`${part.row.id} attendee`),
              ),
              contactId: part.contactId,
            },
          ]
        : [],
    ),
    TimelineEvent: [
      ...living.flatMap(({ opportunity }) => stageEvents(opportunity, pipeline)),
      ...parts.flatMap(({ row, targetIds, opportunity }) => {
        const at = row.startAt ?? row.dueAt ?? row.createdAt
        return targetIds.map(targetId => ({
          ...eventOf(opportunity, row.createdAt, {
            targetId,
            type: `activity.${row.type.toLowerCase()}`,
            activityId: row.id ?? null,
          }),
          occurredAt: new Date(at),
        }))
      }),
    ],
  }
}
