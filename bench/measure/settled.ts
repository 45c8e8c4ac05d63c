import { setTimeout as sleep } from 'node:timers/promises'
import type pg from 'pg'

const intervalMs = 5
const patienceMs = 10_000

/** Resolves when nobody else's statement runs: what a turn left under way is not to burden the next. */
export async function settled(client: pg.Client): Promise<void> {
  const until = performance.now() + patienceMs
  for (let idleTimes = 0; idleTimes < 2 && performance.now() < until; ) {
    const { rows } = await client.query<{ active: number }>(
      `select count(*)::int as active from pg_stat_activity
       where datname = current_database() and state = 'active' and backend_type = 'client backend' and pid <> pg_backend_pid()`,
    )
    idleTimes = rows[0]?.active === 0 ? idleTimes + 1 : 0
    await sleep(intervalMs)
  }
}
