import type { ConnectionParts } from './connection.ts'
import { openSession } from './migrations/open-session.ts'

/** The bytes of "Install": one command at a time changes what is installed on a database. */
const lockKey = 0x496e7374616c6cn

/**
 * Keeps other commands away until it is disposed of, or this process ends, however it does; `null` while another one has it.
 *
 * @throws MigrationError when the database cannot be reached
 */
export async function lockCommands(connection: ConnectionParts): Promise<AsyncDisposable | null> {
  await using opening = new AsyncDisposableStack()
  const session = opening.use(await openSession(connection))
  const { rows } = await session.client.query<{ locked: boolean }>(
    'select pg_try_advisory_lock($1) as locked',
    [lockKey],
  )
  return rows[0]?.locked ? opening.move() : null
}
