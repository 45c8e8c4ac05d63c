import { appendFile, chmod, mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openConnection } from '../../src/database/connect.ts'
import type { ConnectionParts } from '../../src/database/connection.ts'
import { applyMigrations, listMigrationSources } from '../../src/database/migrations/index.ts'
import { openAdminSession } from './admin-session.ts'
import { dropTogether } from './dropped-together.ts'
import { isLeftover, runPrefix } from './test-database-names.ts'

/** What the tests of a run get to know about its server. */
export interface TestServer {
  readonly connection: ConnectionParts
  /** What the names of this run's databases begin with. */
  readonly prefix: string
  /** The database with all migrations applied and no rows, for cloning. */
  readonly template: string
  /** How a clone costs least: file by file where nothing is synced, else by way of the log. */
  readonly copying: 'file_copy' | 'wal_log'
}

declare module 'vitest' {
  interface ProvidedContext {
    testServer: TestServer
  }
}

const quiet = { info: () => undefined, warn: () => undefined }

/**
 * One PostgreSQL for the whole run, with one migrated template database: that at
 * TRELLIS_TEST_DATABASE_URL, or an embedded one in a temporary folder. Vitest calls the answer at the end.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  await using closing = new AsyncDisposableStack()
  const dataDirectory = await mkdtemp(join(tmpdir(), 'trellis-test-'))
  closing.defer(() => rm(dataDirectory, { recursive: true, force: true }))
  // For root, whose server runs as somebody else: if that one could not pass, the data would be settled, and left, elsewhere.
  await chmod(dataDirectory, 0o711)
  const url = process.env['TRELLIS_TEST_DATABASE_URL'] || null
  const { connection } = closing.use(await openConnection({ url, dataDirectory, log: quiet }))

  if (url === null) await stopSyncing(join(dataDirectory, 'postgres', 'data'))

  const prefix = runPrefix(process.pid)
  const isOurs = (name: string) => name.startsWith(prefix) || isLeftover(name)
  await dropDatabases(connection, isOurs)
  closing.defer(() => dropDatabases(connection, isOurs))

  const template = `${prefix}template`
  await makeTemplate(connection, template)
  project.provide('testServer', {
    connection,
    prefix,
    template,
    copying: url === null ? 'file_copy' : 'wal_log',
  })
  const resources = closing.move()
  return () => resources.disposeAsync()
}

/** Nothing here has to survive a crash, so the server need not wait for the disk, nor look after what is gone in a moment. */
async function stopSyncing(data: string): Promise<void> {
  await appendFile(
    join(data, 'postgresql.conf'),
    '\nfsync = off\nsynchronous_commit = off\nfull_page_writes = off\nautovacuum = off\n',
  )
  const [pid] = (await readFile(join(data, 'postmaster.pid'), 'utf8')).split('\n')
  process.kill(Number(pid), 'SIGHUP')
}

async function makeTemplate(connection: ConnectionParts, template: string): Promise<void> {
  await using admin = await openAdminSession(connection)
  await admin.run(`create database ${template} template template0`)
  const root = join(import.meta.dirname, '..', '..')
  for (const source of await listMigrationSources(root)) {
    await applyMigrations({ connection: { ...connection, database: template }, ...source, log: quiet })
  }
}

async function dropDatabases(
  connection: ConnectionParts,
  isOurs: (database: string) => boolean,
): Promise<void> {
  await using admin = await openAdminSession(connection)
  await dropTogether(connection, (await admin.databaseNames()).filter(isOurs))
}
