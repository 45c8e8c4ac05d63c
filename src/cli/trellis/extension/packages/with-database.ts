import type { ConnectionParts } from '../../../../database/connection.ts'
import { createDatabase, type Database } from '../../../../database/database.ts'

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined }

/** Does something on one connection, which is closed then. */
export async function withDatabase<Result>(
  connection: ConnectionParts,
  work: (database: Database['session']['sql']) => Promise<Result>,
): Promise<Result> {
  const database = createDatabase({ connection, poolSize: 1, log: silent })
  try {
    return await work(database.session.sql)
  } finally {
    await database.close()
  }
}
