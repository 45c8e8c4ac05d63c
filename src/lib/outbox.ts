import { type Kysely, sql } from 'kysely'
import { newId } from './type-id.ts'

/** Word of something that happened to a record. */
export interface Word {
  /** Such as `note.updated`. */
  readonly type: string
  readonly entityId: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** Words of records that were written alike: the names of the fields and never their values. */
export const wordsOf = (type: string, ids: readonly string[], fields: readonly string[]): readonly Word[] =>
  ids.map(entityId => ({ type, entityId, payload: { fields } }))

/** Who leaves word, such as a mutation's context. */
export interface Author {
  /** In the transaction of what happened. */
  readonly database: () => Kysely<unknown>
  /** `null` for what happens by itself. */
  readonly viewer: { readonly id: string } | null
}

/** Leaves word in the outbox of what a module's own SQL did, as services do of their writes: one statement. */
export const leaveWord = (words: readonly Word[], { database, viewer }: Author): Promise<void> =>
  leaveEvents(
    words.map(word => ({ ...word, id: newId('evt') })),
    { database: database(), viewerId: viewer?.id ?? null },
  )

/** A row of the outbox. */
export interface LeftEvent {
  readonly id: string
  readonly type: string
  readonly entityId: string
  readonly payload: unknown
}

export interface LeaveEventsOptions {
  /** The transaction of what happened. */
  readonly database: Kysely<unknown>
  /** `null` for what happens by itself. */
  readonly viewerId: string | null
}

/** Leaves events in the outbox: one statement. */
export async function leaveEvents(
  events: readonly LeftEvent[],
  { database, viewerId }: LeaveEventsOptions,
): Promise<void> {
  if (events.length === 0) return
  await sql`
    insert into "OutboxEvent" (id, type, "entityId", "viewerId", payload)
    select id, type, "entityId", ${viewerId}, payload
    from jsonb_to_recordset(${JSON.stringify(events)}::jsonb) as given(id text, type text, "entityId" text, payload jsonb)`.execute(
    database,
  )
}
