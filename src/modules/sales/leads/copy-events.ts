import type { DataContext } from '@trellis/sdk'
import { sql } from 'kysely'
import { newId } from '../../../lib/type-id.ts'

/** Tells of a lead's activities on the timelines of other records, too, as on its own: two statements. */
export async function copyActivityEvents(
  leadId: string,
  targetIds: readonly string[],
  { database, now, viewer }: DataContext,
): Promise<void> {
  const { rows: events } = await sql<{ id: string }>`
    select id from "TimelineEvent" where "targetId" = ${leadId} and "activityId" is not null and "deletedAt" is null
    order by "occurredAt", id`.execute(database())
  if (events.length === 0) return
  const copies = events.flatMap(({ id }) =>
    targetIds.map(targetId => ({ id: newId('tle'), copied: id, targetId })),
  )
  const stamp = sql`${now()}::timestamptz, ${viewer.id}`
  await sql`
    insert into "TimelineEvent" (id, "targetId", type, "occurredAt", title, "activityId", "relatedId", data, "createdAt", "createdById", "updatedAt", "updatedById")
    select given.id, given."targetId", event.type, event."occurredAt", event.title, event."activityId", event."relatedId", event.data, ${stamp}, ${stamp}
    from jsonb_to_recordset(${JSON.stringify(copies)}::jsonb) as given(id text, copied text, "targetId" text)
    join "TimelineEvent" as event on event.id = given.copied
    where not exists (
      select from "TimelineEvent" as other
      where other."targetId" = given."targetId" and other."activityId" = event."activityId" and other.type = event.type and other."deletedAt" is null)`.execute(
    database(),
  )
}
