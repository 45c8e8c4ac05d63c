import { setTimeout } from 'node:timers/promises'
import pg from 'pg'
import { inject } from 'vitest'
import type { ConnectionParts } from '../../src/database/connection.ts'
import { openAdminSession } from './admin-session.ts'
import { freshName } from './test-database-names.ts'

/** A database for one test, dropped at the end of its block, connections that were left open included. */
export interface TestDatabase extends AsyncDisposable {
  readonly connection: ConnectionParts
  readonly name: string
}

/** A database with the migrations of the core and of all extensions applied, and no rows. */
export function createTestDatabase(): Promise<TestDatabase> {
  return createDatabase(inject('testServer').template)
}

/** A database with nothing in it, for tests of what makes the tables. */
export function createEmptyDatabase(): Promise<TestDatabase> {
  return createDatabase('template0')
}

async function createDatabase(template: string): Promise<TestDatabase> {
  const { connection, prefix, copying } = inject('testServer')
  const name = freshName(prefix)
  await using admin = await openAdminSession(connection)
  await onceNobodyIsBusy(() =>
    admin.run(`create database ${name} template ${template} strategy = ${copying}`),
  )
  return {
    connection: { ...connection, database: name },
    name,
    [Symbol.asyncDispose]: async () => {
      await using last = await openAdminSession(connection)
      await onceNobodyIsBusy(() => last.run(`drop database if exists ${name} with (force)`))
    },
  }
}

/**
 * PostgreSQL's codes for a database that somebody looks at whom we cannot send away, such as autovacuum: one for copying
 * it, the other for dropping it as a role that is no superuser.
 */
const busyCodes: ReadonlySet<string | undefined> = new Set(['55006', '42501'])

/** Tries for some seconds. */
async function onceNobodyIsBusy(work: () => Promise<void>): Promise<void> {
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
