import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { pathToFileURL } from 'node:url'
import { createTestDatabase, type TestDatabase } from '@trellis/testing'
import pg from 'pg'
import { expect, test } from 'vitest'
import { runTrellisAlone } from '../../src/cli/trellis/testing/run-trellis.ts'
import { readState } from '../../src/installed/index.ts'
import { connectionString } from '../kit/connection-string.ts'
import { startTrellisProcess, temporaryFolder } from '../kit/process.ts'
import { startSteadyClients } from '../reload/steady-clients.ts'
import { firstMigration, writeShelf } from './shelf-package.ts'

const patience = 900_000

const dieAtStep = `--import=${pathToFileURL(join(import.meta.dirname, 'die-at-step.ts')).href}`

/** A place to install in: a database and a TRELLIS_DATA. */
async function workplace() {
  await using making = new AsyncDisposableStack()
  const folder = making.use(await temporaryFolder()).path
  const database = making.use(await createTestDatabase())
  const data = join(folder, 'data')
  const env = { TRELLIS_DATA: data, DATABASE_URL: connectionString(database.connection) }
  const made = making.move()
  return {
    folder,
    data,
    env,
    installed: () => readState(join(data, 'extensions')),
    /** `trellis extension …` */
    extension: (...words: readonly string[]) => runTrellisAlone(['extension', ...words], { env }),
    /** The same, killed as its journal says a step. */
    killedAt: (step: string, ...words: readonly string[]) =>
      runTrellisAlone(['extension', ...words], { env: { ...env, DIE_AT: step, NODE_OPTIONS: dieAtStep } }),
    rows: (text: string) => query(database, text),
    [Symbol.asyncDispose]: () => made.disposeAsync(),
  }
}

async function query({ connection }: TestDatabase, text: string): Promise<readonly unknown[]> {
  const client = new pg.Client(connection)
  await client.connect()
  try {
    return (await client.query<object>(text)).rows
  } finally {
    await client.end()
  }
}

const books = 'select id from ext_shelf.book'
const isThere = "select to_regclass('ext_shelf.book') is not null as there"

test(
  'an extension is installed, upgraded, rolled back, uninstalled and purged while clients ask, and no request fails',
  async () => {
    await using place = await workplace()
    const { folder, data, env, extension, rows } = place
    await using trellis = startTrellisProcess({ env: { ...env, TRELLIS_DRAIN_SECONDS: '2' } })
    const url = await trellis.url
    const [{ key }]: [{ key: string }] = JSON.parse(await readFile(join(data, 'keys.json'), 'utf8'))
    const ask = async (text: string): Promise<unknown> => {
      const headers = { 'content-type': 'application/json', authorization: `Bearer ${key}` }
      const body = JSON.stringify({ query: text })
      return (await fetch(`${url}/graphql`, { method: 'POST', headers, body })).json()
    }
    const version = async (): Promise<unknown> => ask('{ shelfVersion }')
    const first = await writeShelf(folder, { version: '1.0.0', migrations: firstMigration })
    const second = await writeShelf(folder, {
      version: '1.1.0',
      migrations: { ...firstMigration, '20260102000000_mood': 'alter table book add column mood text;' },
      hasMood: true,
    })
    const failing = await writeShelf(folder, {
      version: '1.2.0',
      migrations: {
        ...firstMigration,
        '20260102000000_empty': 'delete from book; alter table book add column pages int;',
        '20260103000000_wrong': 'alter table nowhere add column x int;',
      },
    })
    const clients = startSteadyClients({ url, key, pauses: [5, 20, 100, 400] })

    const planned = await extension('install', first, '--plan')
    expect(planned).toMatchObject({ status: 0, complained: '' })
    expect(planned.printed).toMatch(/comes\n {2}Query\.shelfVersion/)
    expect(planned.printed).toContain('migrates ext_shelf\n  20260101000000_books')
    expect(planned.printed).toContain('lets AGENT ask for\n  Query.shelfVersion')
    expect(planned.printed).toContain(`for gateways with TRELLIS_DATA=${data}`)
    expect((await place.installed()).extensions).toEqual({})

    const installing = await extension('install', first, '--yes')
    expect(installing).toMatchObject({ status: 0, complained: '' })
    expect(installing.printed).toContain('shelf is installed: 1.0.0. The gateway of this machine reloaded.')
    expect(await version()).toEqual({ data: { shelfVersion: '1.0.0' } })
    await rows("insert into ext_shelf.book values ('one')")

    const [misspelt, fromFolder] = [await extension('upgrade', 'shlef'), await extension('upgrade', 'shelf')]
    expect(misspelt.complained).toContain('No command has installed "shlef"; installed are: shelf.')
    expect(fromFolder.complained).toContain(
      `shelf 1.0.0 came from ${first}, and @acme/extension-shelf in a registry`,
    )

    const refused = await extension('upgrade', 'shelf', failing, '--yes')
    expect(refused.status).toBe(1)
    expect(refused.complained).toMatch(/Nothing was changed.*taken back, all of them: .*nowhere/s)
    expect(await version()).toEqual({ data: { shelfVersion: '1.0.0' } })
    expect(await rows(books)).toEqual([{ id: 'one' }])

    expect(await extension('upgrade', 'shelf', second, '--yes')).toMatchObject({ status: 0, complained: '' })
    expect(await ask('{ shelfVersion shelfMood }')).toEqual({
      data: { shelfVersion: '1.1.0', shelfMood: 'good' },
    })

    expect((await extension('rollback', 'shelf', '--yes')).complained).toContain('--accept-breaking')
    const hasNewer = await extension('rollback', 'shelf', '--yes', '--accept-breaking')
    expect(hasNewer.printed).toContain('its tables stay newer than its code\n  20260102000000_mood')
    expect(hasNewer.complained).toContain('--accept-newer-tables')
    const back = ['rollback', 'shelf', '--yes', '--accept-breaking', '--accept-newer-tables']
    expect(await extension(...back)).toMatchObject({ status: 0, complained: '' })
    expect(await version()).toEqual({ data: { shelfVersion: '1.0.0' } })
    expect(await ask('{ extensions { name status } }')).toMatchObject({
      data: { extensions: expect.arrayContaining([{ name: 'shelf', status: 'ENABLED' }]) },
    })

    expect(await extension('uninstall', 'shelf', '--yes')).toMatchObject({ status: 0, complained: '' })
    expect(await version()).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] })
    expect(await rows(books)).toEqual([{ id: 'one' }])

    await rows(
      `insert into "ExtensionValue" (extension, key, value) values ('shelf', 'k', '1'), ('other', 'k', '1')`,
    )
    const purged = await extension('uninstall', 'shelf', '--purge', '--yes')
    expect(purged).toMatchObject({ status: 0, complained: '' })
    expect(purged.printed).toContain('tables  book')
    expect(await rows(isThere)).toEqual([{ there: false }])
    expect(await readdir(join(data, 'extensions'))).toEqual(['installed.json'])
    expect(await rows('select extension from "ExtensionValue"')).toEqual([{ extension: 'other' }])

    const { answered, failures } = await clients.stop()
    expect(failures).toEqual([])
    expect(answered).toBeGreaterThan(50)
  },
  patience,
)

test(
  'a command that is killed while it migrates is undone by the next start',
  async () => {
    await using place = await workplace()
    const { folder, env, extension, installed, rows } = place
    const first = await writeShelf(folder, { version: '1.0.0', migrations: firstMigration })
    const slow = await writeShelf(folder, {
      version: '1.1.0',
      migrations: { ...firstMigration, '20260102000000_slow': 'delete from book; select pg_sleep(5);' },
    })
    expect((await extension('install', first, '--yes')).status).toBe(0)
    await rows("insert into ext_shelf.book values ('one')")

    const words = ['src/cli/trellis.ts', 'extension', 'upgrade', 'shelf', slow, '--yes']
    const command = spawn(process.execPath, words, { env: { ...process.env, ...env }, stdio: 'ignore' })
    const isMigrating = async (): Promise<boolean> =>
      (
        await rows(
          "select 1 from pg_stat_activity where query like '%pg_sleep(5)%' and pid <> pg_backend_pid()",
        )
      ).length > 0
    while (!(await isMigrating())) await sleep(20)
    command.kill('SIGKILL')
    await once(command, 'exit')
    expect((await installed()).operation).toMatchObject({ kind: 'upgrade', step: 'migrating' })

    await using trellis = startTrellisProcess({ env })
    await trellis.url
    expect(trellis.output()).toMatch(/"outcome":"undone".*a command that installs was broken off/)
    expect(trellis.output()).not.toContain('could not be set up')
    expect(await installed()).toMatchObject({
      operation: null,
      extensions: { shelf: { current: { version: '1.0.0' }, previous: [] } },
    })
    expect(await rows(books)).toEqual([{ id: 'one' }])
  },
  patience,
)

test(
  'a command that is killed at a step of its journal is undone or finished by the next start',
  async () => {
    await using place = await workplace()
    const { folder, data, env, killedAt, installed, rows } = place
    const shelf = await writeShelf(folder, { version: '1.0.0', migrations: firstMigration })
    /** Kills a command, starts, and answers what the start made of it. */
    const afterwards = async (step: string, ...words: readonly string[]) => {
      expect(await killedAt(step, ...words)).toMatchObject({ status: null })
      expect((await installed()).operation).not.toBeNull()
      await using trellis = startTrellisProcess({ env })
      const url = await trellis.url
      const [{ key }]: [{ key: string }] = JSON.parse(await readFile(join(data, 'keys.json'), 'utf8'))
      const answer = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify({ query: '{ shelfVersion }' }),
      })
      const { data: answered }: { data?: { shelfVersion: string } } = await answer.json()
      const { operation, extensions } = await installed()
      expect(operation).toBeNull()
      return {
        outcome: /"outcome":"(\w+)"/.exec(trellis.output())?.[1],
        serves: answered?.shelfVersion ?? null,
        installed: extensions['shelf']?.current.version ?? null,
      }
    }
    const without = { serves: null, installed: null }
    const served = { serves: '1.0.0', installed: '1.0.0' }

    expect(await afterwards('staged', 'install', shelf, '--yes')).toEqual({ outcome: 'undone', ...without })
    expect(await rows(isThere)).toEqual([{ there: false }])
    expect(await afterwards('before switched', 'install', shelf, '--yes')).toEqual({
      outcome: 'finished',
      ...served,
    })
    await rows("insert into ext_shelf.book values ('one')")
    expect(await afterwards('migrating', 'uninstall', 'shelf', '--yes')).toEqual({
      outcome: 'undone',
      ...served,
    })
    expect(await afterwards('switched', 'uninstall', 'shelf', '--yes')).toEqual({
      outcome: 'finished',
      ...without,
    })
    expect(await rows(books)).toEqual([{ id: 'one' }])
  },
  patience,
)
