import { mkdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTestDatabase } from '@trellis/testing'
import pg from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { connectionString } from '../../../../../test/kit/connection-string.ts'
import { temporaryFolder } from '../../../../../test/kit/process.ts'
import type { Surroundings } from '../../surroundings.ts'
import { openWorkshop } from './open-workshop.ts'
import { uninstall } from './uninstall.ts'

/** A place with data of `shelf`, which is uninstalled already; commands of this process find it. */
async function leftBehind() {
  await using making = new AsyncDisposableStack()
  const data = making.use(await temporaryFolder()).path
  const { connection } = making.use(await createTestDatabase())
  vi.stubEnv('TRELLIS_DATA', data)
  vi.stubEnv('DATABASE_URL', connectionString(connection))
  onTestFinished(() => void vi.unstubAllEnvs())
  const client = new pg.Client(connection)
  await client.connect()
  making.defer(() => client.end())
  await client.query('create schema ext_shelf; create table ext_shelf.book (id text)')
  const made = making.move()
  return {
    data,
    hasBooks: async () => {
      const { rows } = await client.query<object>("select to_regclass('ext_shelf.book') as book")
      return rows
    },
    [Symbol.asyncDispose]: () => made.disposeAsync(),
  }
}

/** Somebody at a terminal. */
const somebody = (confirm: Surroundings['confirm']): Surroundings => ({
  print: () => undefined,
  complain: () => undefined,
  paint: (_, text) => text,
  key: null,
  confirm,
  readSecrets: async () => [],
  fail: () => undefined,
})

test('while somebody is asked whether data is to be removed, nobody installs what it is of', async () => {
  await using place = await leftBehind()
  const meanwhile: unknown[] = []
  const surroundings = somebody(async () => {
    meanwhile.push(await openWorkshop().catch((refused: unknown) => refused))
    return true
  })
  await uninstall(surroundings, { name: 'shelf', options: { purge: true } })
  expect(meanwhile).toMatchObject([
    { message: 'Another command changes the extensions of this database: wait until it is done.' },
  ])
  expect(await place.hasBooks()).toEqual([{ book: null }])
})

test('nothing is removed for a name that no extension can have', async () => {
  await using place = await leftBehind()
  const files = join(place.data, 'files')
  await mkdir(files)
  await writeFile(join(files, 'one'), 'kept')
  const purging = uninstall(
    somebody(async () => true),
    { name: 'x/..', options: { purge: true } },
  )
  await expect(purging).rejects.toThrow('"x/.." is no name of an extension.')
  expect(await readFile(join(files, 'one'), 'utf8')).toBe('kept')
})
