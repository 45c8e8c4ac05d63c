import { inject } from 'vitest'
import type { ConnectionParts } from '../../src/database/connection.ts'
import { openAdminSession } from './admin-session.ts'
import { dropBeforeLong } from './dropped-together.ts'
import { onceNobodyIsBusy } from './once-nobody-is-busy.ts'
import { freshName } from './test-database-names.ts'

/** A database for one test; at the end of its block all are sent away, connections that were left open included. */
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
    [Symbol.asyncDispose]: () => dropBeforeLong(connection, name),
  }
}
