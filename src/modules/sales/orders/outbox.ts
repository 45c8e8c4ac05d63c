import type { DataContext } from '@trellis/sdk'
import { sql } from 'kysely'
import { newId } from '../../../lib/type-id.ts'

/** Leaves word, such as `order.updated`, of records that statements of our own wrote, as services do of theirs. */
export async function leaveWord(
  { database, viewer }: DataContext,
  type: string,
  ids: readonly string[],
  fields: readonly string[],
): Promise<void> {
  if (ids.length === 0) return
  const rows = ids.map(entityId => ({ id: newId('evt'), entityId }))
  await sql`
    insert into "OutboxEvent" (id, type, "entityId", "viewerId", payload)
    select id, ${type}, "entityId", ${viewer.id}, ${JSON.stringify({ fields })}::jsonb
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(id text, "entityId" text)`.execute(
    database(),
  )
}
