import type { DataContext, Effect, Records } from '@trellis/sdk'
import { sql } from 'kysely'
import { momentOf } from './kinds.ts'

type Activity = Records['Activity']
type ActivityTarget = Records['ActivityTarget']

/** A link between an activity and a record; its event in the record's timeline goes by these two. */
type Link = Pick<ActivityTarget, 'activityId' | 'targetId'>

/** Takes events away with their links, or brings them back, unless their activity is gone. */
async function setDeleted(
  { database, now, viewer }: DataContext,
  links: readonly Link[],
  isDeleted: boolean,
): Promise<void> {
  if (links.length === 0) return
  await sql`
    update "TimelineEvent" as event
    set "deletedAt" = ${isDeleted ? now() : null}::timestamptz, "updatedAt" = ${now()}, "updatedById" = ${viewer.id}, version = event.version + 1
    from jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as link("activityId" text, "targetId" text)
    where event."activityId" = link."activityId" and event."targetId" = link."targetId"
      and (${isDeleted} or exists (select from "Activity" as activity where activity.id = link."activityId" and activity."deletedAt" is null))`.execute(
    database(),
  )
}

const keyOf = ({ activityId, targetId }: Link): string => `${activityId} ${targetId}`

/** Links that were told of before: one that is made anew brings its event back rather than having a second one. */
async function toldBefore({ database }: DataContext, links: readonly Link[]): Promise<ReadonlySet<string>> {
  if (links.length === 0) return new Set()
  const { rows } = await sql<Link>`
    select distinct event."activityId", event."targetId" from "TimelineEvent" as event
    join jsonb_to_recordset(${JSON.stringify(links)}::jsonb) as link("activityId" text, "targetId" text)
      on event."activityId" = link."activityId" and event."targetId" = link."targetId"`.execute(database())
  return new Set(rows.map(keyOf))
}

/** An activity that gets a target is an event of that record's timeline, as long as it is about it. */
export const recordTargets: Effect<ActivityTarget> = async (changes, context) => {
  const { loaders, services } = context
  const created = changes.flatMap(({ action, values: { activityId, targetId } }) =>
    action === 'create' && activityId && targetId ? [{ activityId, targetId }] : [],
  )
  const told = await toldBefore(context, created)
  const fresh = created.filter(link => !told.has(keyOf(link)))
  await setDeleted(
    context,
    created.filter(link => told.has(keyOf(link))),
    false,
  )
  const activities = await loaders.activities.byId.loadMany(fresh.map(({ activityId }) => activityId))
  await services.timeline.record(
    fresh.flatMap(({ activityId, targetId }, index) => {
      const activity = activities[index]
      if (!activity) return []
      const type = `activity.${activity.type.toLowerCase()}`
      return [{ targetId, type, activityId, occurredAt: momentOf(activity) }]
    }),
  )
  const linksOf = (wanted: 'delete' | 'restore'): readonly Link[] =>
    changes.flatMap(({ action, before }) =>
      action === wanted && before ? [{ activityId: before.activityId, targetId: before.targetId }] : [],
    )
  await setDeleted(context, linksOf('delete'), true)
  await setDeleted(context, linksOf('restore'), false)
}

/** The events of an activity stand where it does in time, and go and come back with it. */
export const moveEvents: Effect<Activity> = async (changes, { database, now, viewer }) => {
  const moved = changes.flatMap(({ action, id, before, values }) => {
    if (!before) return []
    const isDeleted = action === 'delete' || (action !== 'restore' && before.deletedAt !== null)
    const after = { ...before, ...values }
    const hasMoved = momentOf(before).getTime() !== momentOf(after).getTime()
    return hasMoved || action === 'delete' || action === 'restore'
      ? [{ activityId: id, occurredAt: momentOf(after), isDeleted }]
      : []
  })
  if (moved.length === 0) return
  await sql`
    update "TimelineEvent" as event
    set "occurredAt" = moved."occurredAt",
      "deletedAt" = case when moved."isDeleted" then ${now()}::timestamptz
        when exists (select from "ActivityTarget" as link
          where link."activityId" = event."activityId" and link."targetId" = event."targetId" and link."deletedAt" is null) then null
        else event."deletedAt" end,
      "updatedAt" = ${now()}, "updatedById" = ${viewer.id}, version = event.version + 1
    from jsonb_to_recordset(${JSON.stringify(moved)}::jsonb) as moved("activityId" text, "occurredAt" timestamptz, "isDeleted" boolean)
    where event."activityId" = moved."activityId"`.execute(database())
}
