import pg from 'pg'
import type { ConnectionParts } from '../connection.ts'
import { errorReason } from './error-reason.ts'
import { MigrationError } from './migration-error.ts'

/** One connection of its own, closed when its block ends; locks taken on it go with it. */
export interface Session extends AsyncDisposable {
  readonly client: pg.Client
}

/** Connects to the database that `connection` names, and to no other. */
export async function openSession(connection: ConnectionParts): Promise<Session> {
  const client = new pg.Client({
    // A host that swallows packets would otherwise hold the start for minutes.
    connectionTimeoutMillis: 10_000,
    ...connection,
    application_name: 'trellis migrate',
  })
  // A connection lost while idle is an event; without a listener it ends the process. The next query rejects.
  client.on('error', () => undefined)
  try {
    await client.connect()
  } catch (cause) {
    const { host, port, database, user } = connection
    throw new MigrationError(
      'unreachable',
      `Cannot open database "${database}" at ${host}:${port} as ${user}: ${errorReason(cause)}. ` +
        'Check that PostgreSQL runs there and that DATABASE_URL is right.',
      { cause },
    )
  }
  return { client, [Symbol.asyncDispose]: () => client.end() }
}
