import pg from 'pg'
import type { ConnectionParts } from '../../src/database/connection.ts'

/** A connection to make and drop databases on, closed at the end of its block. */
export interface AdminSession extends AsyncDisposable {
  run(sql: string): Promise<void>
  databaseNames(): Promise<readonly string[]>
}

/** Connects to the named database; to make others, that must not be one of them or their template. */
export async function openAdminSession(connection: ConnectionParts): Promise<AdminSession> {
  const client = new pg.Client(connection)
  // Without a listener, a connection lost while idle would end the process instead of failing the next query.
  client.on('error', () => undefined)
  await client.connect()
  return {
    run: async sql => {
      await client.query(sql)
    },
    databaseNames: async () => {
      const { rows } = await client.query<{ name: string }>('select datname as name from pg_database')
      return rows.map(({ name }) => name)
    },
    [Symbol.asyncDispose]: () => client.end(),
  }
}
