import pg from 'pg'
import { MigrationError } from './migration-error.ts'
import type { MigrationLog } from './migration-log.ts'

/**
 * The session lock of whoever migrates this database: the bytes of "Trellis". Not Prisma's own
 * (72707369), which the engine takes on a connection of its own and would wait for in vain.
 */
const lockKey = 0x5472656c6c6973n

/** Long enough for a big table to be rewritten by another replica, short enough to be noticed. */
const longestWait = '10min'

/** PostgreSQL's code for a lock that was not given within `lock_timeout`. */
const lockNotAvailable = '55P03'

/** Waits until no other process migrates this database. Held until the client's connection closes. */
export async function lockMigrations(client: pg.ClientBase, log: MigrationLog): Promise<void> {
  const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [
    lockKey,
  ])
  if (rows[0]?.locked) return
  log.info({}, 'another process is applying migrations, waiting for it')
  await client.query('select set_config($1, $2, false)', ['lock_timeout', longestWait])
  try {
    await client.query('select pg_advisory_lock($1)', [lockKey])
  } catch (cause) {
    if (!(cause instanceof pg.DatabaseError && cause.code === lockNotAvailable)) throw cause
    throw new MigrationError(
      'locked',
      `Another process has been applying migrations to this database for more than ${longestWait}. ` +
        "See what it does (select * from pg_stat_activity where application_name like 'trellis migrate%') and end it if it hangs.",
      { cause },
    )
  }
}
