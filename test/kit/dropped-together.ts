import type { ConnectionParts } from '../../src/database/connection.ts'
import { openAdminSession } from './admin-session.ts'
import { onceNobodyIsBusy } from './once-nobody-is-busy.ts'

/** How many are dropped at a time; each takes a connection meanwhile. */
const together = 8

const waiting = new Set<string>()

/**
 * Sends everybody away from a database that nobody needs any more, and drops it before long: a drop waits for a
 * checkpoint of the whole server, which drops at the same time share. Nobody waits for it; what is left at the end of the run
 * is dropped then.
 */
export async function dropBeforeLong(connection: ConnectionParts, name: string): Promise<void> {
  await using admin = await openAdminSession(connection)
  await admin.run(`alter database ${name} with allow_connections false`)
  await admin.run(
    `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}' and usename = current_user`,
  )
  waiting.add(name)
  if (waiting.size < together) return
  const names = [...waiting]
  waiting.clear()
  void dropTogether(connection, names).catch(() => undefined)
}

/** @throws Error when one cannot be dropped */
export async function dropTogether(connection: ConnectionParts, names: readonly string[]): Promise<void> {
  const remaining = [...names]
  const dropOneByOne = async (): Promise<void> => {
    await using admin = await openAdminSession(connection)
    for (let name = remaining.pop(); name !== undefined; name = remaining.pop()) {
      const dropped = `drop database if exists "${name}" with (force)`
      await onceNobodyIsBusy(() => admin.run(dropped))
    }
  }
  await Promise.all(Array.from({ length: Math.min(together, names.length) }, dropOneByOne))
}
