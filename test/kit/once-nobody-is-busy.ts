import { setTimeout } from 'node:timers/promises'
import pg from 'pg'

/**
 * PostgreSQL's codes for a database that somebody looks at whom we cannot send away, such as autovacuum: one for copying
 * it, the other for dropping it as a role that is no superuser.
 */
const busyCodes: ReadonlySet<string | undefined> = new Set(['55006', '42501'])

/** Tries for some seconds. */
export async function onceNobodyIsBusy(work: () => Promise<void>): Promise<void> {
  const giveUp = performance.now() + 10_000
  for (;;) {
    try {
      return await work()
    } catch (error) {
      const isBusy = error instanceof pg.DatabaseError && busyCodes.has(error.code)
      if (!isBusy || performance.now() > giveUp) throw error
      await setTimeout(50)
    }
  }
}
