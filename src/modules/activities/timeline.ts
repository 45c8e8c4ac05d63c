import type { DataContext, TimelineService } from '@trellis/sdk'
import { type Kysely, sql } from 'kysely'
import { newId } from '../../lib/type-id.ts'
import { extensionTimeline } from './extension-timeline.ts'

export interface TimelineOptions {
  readonly database: Kysely<unknown>
  readonly now: Date
  /** Whose doing it is; `null` for what happens by itself. */
  readonly by: string | null
}

/** A timeline on this connection, for what happens without a request. */
export const createTimeline = ({ database, now, by }: TimelineOptions): TimelineService => ({
  async record(entries) {
    if (entries.length === 0) return
    const rows = entries.map(({ data = {}, occurredAt = now, ...entry }) => ({
      ...entry,
      id: newId('tle'),
      data,
      occurredAt,
    }))
    await sql`
      insert into "TimelineEvent" (id, "targetId", type, "occurredAt", title, "activityId", "relatedId", data, "createdAt", "createdById", "updatedAt", "updatedById")
      select id, "targetId", type, "occurredAt", title, "activityId", "relatedId", data, ${now}::timestamptz, ${by}, ${now}::timestamptz, ${by}
      from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb)
        as given(id text, "targetId" text, type text, "occurredAt" timestamptz, title text, "activityId" text, "relatedId" text, data jsonb)`.execute(
      database,
    )
  },
})

/** The timeline of a request; what extensions write to it is looked at. */
export function timelineService(context: DataContext, extension: string | null): TimelineService {
  const { database, now, viewer } = context
  const timeline: TimelineService = {
    record: entries => createTimeline({ database: database(), now: now(), by: viewer.id }).record(entries),
  }
  return extension === null ? timeline : extensionTimeline(extension, context, timeline)
}
