import type { DataContext } from '@trellis/sdk'
import { type Kysely, sql } from 'kysely'
import { newId } from '../../lib/type-id.ts'

/** Something that happened to a record. */
export interface TimelineEntry {
  /** The record that it happened to; of an entity that is a `Target`. */
  readonly targetId: string
  /** What happened: the entity and the verb, such as `opportunity.stage_changed`; an extension's begins with its name. */
  readonly type: string
  /** When it happened. @default now */
  readonly occurredAt?: Date
  /** In a few words, 200 characters at most. No values that whoever sees the target might not see. */
  readonly title?: string
  /** The activity that it tells of. */
  readonly activityId?: string
  /** Another record that had a part in it; who may not see that one sees the event without it. */
  readonly relatedId?: string
  /** Facts by name, as JSON. Ids rather than values: whoever sees the target sees them. */
  readonly data?: Readonly<Record<string, unknown>>
}

/** What happened to records, in the order in which it happened. */
export interface TimelineService {
  /** Writes events in the mutation's transaction, however many in one statement. */
  record(entries: readonly TimelineEntry[]): Promise<void>
}

declare module '@trellis/sdk' {
  interface Services {
    readonly timeline: TimelineService
  }
}

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

export const timelineService = ({ database, now, viewer }: DataContext): TimelineService => ({
  record: entries => createTimeline({ database: database(), now: now(), by: viewer.id }).record(entries),
})
