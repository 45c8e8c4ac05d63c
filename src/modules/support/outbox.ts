import { type Kysely, sql } from 'kysely'
import { newId } from '../../lib/type-id.ts'

/** Word of something that happened to a record. */
export interface Word {
  readonly type: string
  readonly entityId: string
  readonly payload: Readonly<Record<string, unknown>>
}

/** Leaves word in the outbox of what statements of our own did, as services do of theirs. `null` is the viewer of what happens by itself. */
export async function leaveWord(
  database: Kysely<unknown>,
  viewerId: string | null,
  words: readonly Word[],
): Promise<void> {
  if (words.length === 0) return
  const rows = words.map(word => ({ ...word, id: newId('evt') }))
  await sql`
    insert into "OutboxEvent" (id, type, "entityId", "viewerId", payload)
    select id, type, "entityId", ${viewerId}, payload
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(id text, type text, "entityId" text, payload jsonb)`.execute(
    database,
  )
}
