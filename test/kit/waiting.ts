import { sql } from 'kysely'
import type { TestGateway } from './gateway.ts'

/** Resolves when so many of the gateway's transactions wait for what others hold. */
export async function untilWaiting(count: number, { trellis }: TestGateway): Promise<void> {
  for (;;) {
    const { rows } = await sql<{ count: number }>`
      select count(*)::int as count from pg_stat_activity
      where datname = current_database() and wait_event_type = 'Lock'`.execute(trellis.database.session.sql)
    if (rows[0]?.count === count) return
  }
}
