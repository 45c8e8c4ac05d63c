import type { DataContext } from '@trellis/sdk'
import { sql } from 'kysely'
import { newId } from '../../../lib/type-id.ts'

/** What ties records to several others: a row of its own for each. */
export interface Join {
  readonly table: 'ActivityTarget' | 'Tagging'
  /** What ids of its rows begin with. */
  readonly prefix: string
  /** The column beside `targetId`. */
  readonly key: 'activityId' | 'tagId'
}

/** What points to a lead, and the rows that have it point to others as well. */
export interface PointedAlso {
  readonly count: number
  readonly ids: readonly string[]
}

/**
 * Has what points to a lead point to other records as well, where it does not already: two statements, however much it
 * is. In the order of what is tied, so that two who do it for the same records wait for each other.
 */
export async function pointAlso(
  { table, prefix, key }: Join,
  leadId: string,
  targetIds: readonly string[],
  { database, now, viewer }: DataContext,
): Promise<PointedAlso> {
  const { rows: found } = await sql<{ tied: string }>`
    select ${sql.ref(key)} as tied from ${sql.table(table)}
    where "targetId" = ${leadId} and "deletedAt" is null order by ${sql.ref(key)}`.execute(database())
  if (found.length === 0) return { count: 0, ids: [] }
  const rows = found.flatMap(({ tied }) => targetIds.map(targetId => ({ id: newId(prefix), tied, targetId })))
  const stamp = sql`${now()}::timestamptz, ${viewer.id}`
  const { rows: written } = await sql<{ id: string }>`
    insert into ${sql.table(table)} (id, ${sql.ref(key)}, "targetId", "createdAt", "createdById", "updatedAt", "updatedById")
    select id, tied, "targetId", ${stamp}, ${stamp}
    from jsonb_to_recordset(${JSON.stringify(rows)}::jsonb) as given(id text, tied text, "targetId" text)
    on conflict do nothing returning id`.execute(database())
  return { count: found.length, ids: written.map(({ id }) => id) }
}
