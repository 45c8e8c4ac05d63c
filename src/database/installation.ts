import { sql } from 'kysely'
import type { Session } from './database.ts'

/**
 * A fact that every replica on the database shares. Whoever asks first decides it; all others read what
 * was decided.
 */
export async function installationValue(
  session: Session,
  key: string,
  decide: () => string,
): Promise<string> {
  const { rows } = await sql<{ value: string }>`
    with made as (insert into "Installation" (key, value) values (${key}, ${decide()}) on conflict do nothing returning value)
    select value from made union all select value from "Installation" where key = ${key} limit 1`.execute(
    session.sql,
  )
  const [row] = rows
  // Two who decide at once: the slower one's statement sees neither its own row nor yet the other's.
  return row?.value ?? installationValue(session, key, decide)
}
