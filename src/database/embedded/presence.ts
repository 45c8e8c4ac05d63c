import pg from 'pg'
import type { ConnectionParts } from '../connection.ts'

/** This process's mark at the server: as long as its connection lives, nobody stops the server. */
export interface Presence {
  readonly client: pg.Client
  /** How many other processes are present. */
  readonly others: number
  /** Resolves when the connection has ended, for whatever reason. */
  readonly ended: Promise<void>
}

/** The advisory lock that every process present holds, shared. The database `postgres` knows no other. */
const PRESENCE = 1

/**
 * Takes the lock on a connection of its own, then does `first` over it. Waits up to `milliseconds` each for the
 * connection and for the lock, which somebody who found himself alone holds while he stops the server.
 */
export async function takePresence(
  connection: ConnectionParts,
  milliseconds: number,
  first: (client: pg.Client) => Promise<void>,
): Promise<Presence> {
  const client = new pg.Client({
    ...connection,
    application_name: 'trellis presence',
    connectionTimeoutMillis: Math.ceil(milliseconds),
    lock_timeout: Math.ceil(milliseconds),
  })
  const ended = new Promise<void>(resolve => client.once('end', () => resolve()))
  // An `error` without a listener would end the process. `end` follows, and says all there is to do.
  client.on('error', () => undefined)
  try {
    await client.connect()
    await client.query('select pg_advisory_lock_shared($1)', [PRESENCE])
    await first(client)
    const { rows } = await client.query<{ others: number }>(
      `select count(*)::int as others from pg_locks
       where locktype = 'advisory' and objid = $1 and granted and pid <> pg_backend_pid()`,
      [PRESENCE],
    )
    return { client, ended, others: rows[0]?.others ?? 0 }
  } catch (error) {
    await client.end().catch(() => undefined)
    throw error
  }
}

/**
 * Gives the lock up and tries to get it for ourselves alone.
 *
 * @returns true when nobody else is present; until the connection ends nobody can become so
 */
export async function giveUpPresence({ client }: Presence): Promise<boolean> {
  await client.query('select pg_advisory_unlock_shared($1)', [PRESENCE])
  const { rows } = await client.query<{ alone: boolean }>('select pg_try_advisory_lock($1) as alone', [
    PRESENCE,
  ])
  return rows[0]?.alone ?? false
}
