import { type Kysely, sql } from 'kysely'
import { newId } from './type-id.ts'

/** That a record was written: `note.updated`, with the names of the fields and never their values. */
export interface Word {
  readonly type: string
  readonly entityId: string
  readonly fields: readonly string[]
}

export interface LeaveWordOptions {
  /** The mutation's transaction. */
  readonly database: Kysely<unknown>
  readonly viewerId: string
}

/** Leaves word in the outbox of records that a module's own SQL wrote, as services do of theirs: one statement. */
export const leaveWord = (words: readonly Word[], options: LeaveWordOptions): Promise<void> =>
  leaveEvents(
    words.map(({ type, entityId, fields }) => ({ id: newId('evt'), type, entityId, payload: { fields } })),
    options,
  )

/** A row of the outbox. */
export interface LeftEvent {
  readonly id: string
  readonly type: string
  readonly entityId: string
  readonly payload: unknown
}

/** Leaves events in the outbox: one statement. */
export async function leaveEvents(
  events: readonly LeftEvent[],
  { database, viewerId }: LeaveWordOptions,
): Promise<void> {
  if (events.length === 0) return
  await sql`
    insert into "OutboxEvent" (id, type, "entityId", "viewerId", payload)
    select id, type, "entityId", ${viewerId}, payload
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as given(id text, type text, "entityId" text, payload jsonb)`.execute(
    database,
  )
}
