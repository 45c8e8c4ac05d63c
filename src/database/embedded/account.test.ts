import { spawnSync } from 'node:child_process'
import { chown, cp, lstat, readFile, rm, stat } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { chooseAccount, isRoot } from './account.ts'
import { binariesIn, findBinaries } from './binaries.ts'
import { query } from './fixtures/query.ts'
import { quietLog } from './fixtures/quiet-log.ts'
import { makeScratch } from './fixtures/scratch.ts'
import { spawnGateway } from './fixtures/spawn-gateway.ts'
import { startEmbeddedServer } from './index.ts'
import { prepareBinaries } from './prepare-binaries.ts'

describe.runIf(isRoot())('as root', () => {
  test('in a folder closed to others the data lies elsewhere, and is found there again', async () => {
    await using scratch = await makeScratch({ mode: 0o700 })
    const { directory } = scratch
    const log = quietLog()
    const [first, other] = await Promise.all([
      startEmbeddedServer({ directory, log }),
      startEmbeddedServer({ directory, log }),
    ])
    const pid = await scratch.serverProcess()
    expect((await stat(`/proc/${pid}`)).uid).toBe((await chooseAccount(directory)).uid)
    // Our environment may hold secrets, and is no business of that user.
    expect(await readFile(`/proc/${pid}/environ`, 'utf8')).not.toContain('HOME')
    await query(first.connection, 'create table kept as select 1 as id')
    await Promise.all([first.leave(), other.leave()])
    expect(log.warnings.join()).toContain('the database is kept elsewhere')

    const second = await startEmbeddedServer({ directory, log: quietLog() })
    expect(second.connection.host).toBe(await scratch.home())
    expect(await query(second.connection, 'select * from kept')).toEqual([{ id: 1 }])
    await second.leave()
  })
  test('below a closed folder the binaries are copied, once, with the links that npm did not make', async () => {
    await using scratch = await makeScratch({ mode: 0o700 })
    const { root } = await findBinaries()
    const closed = join(scratch.folder, 'native')
    await cp(root, closed, {
      recursive: true,
      filter: async source => !(await lstat(source)).isSymbolicLink(),
    })
    const account = await chooseAccount('/')
    // A version of its own, so that this is the first time.
    const installed = binariesIn(closed, `0.0.0-test-${process.pid}`)
    const residence = { account, directory: scratch.directory }

    const [copy, again] = await Promise.all([1, 2].map(() => prepareBinaries(residence, installed)))
    await using _ = { [Symbol.asyncDispose]: () => rm(dirname(copy?.root ?? ''), { recursive: true }) }
    expect(again).toEqual(copy)
    const { stdout } = spawnSync(copy?.initdb ?? '', ['--version'], {
      ...account,
      cwd: '/',
      encoding: 'utf8',
    })
    expect(stdout).toContain('initdb (PostgreSQL) 18')
  })
})

test.runIf(isRoot())('an ordinary user runs his own server, and root runs it as him', async () => {
  await using scratch = await makeScratch()
  const { directory, folder } = scratch
  const user = await chooseAccount('/')
  await chown(folder, user.uid, user.gid)
  await using gateway = spawnGateway(directory, user)
  expect(await gateway.started()).toMatchObject({ origin: 'initialised', warnings: [] })

  const server = await startEmbeddedServer({ directory, log: quietLog() })
  expect(server.origin).toBe('found')
  await gateway.leave()
  await server.leave()
  const alone = await startEmbeddedServer({ directory, log: quietLog() })
  expect((await stat(`/proc/${await scratch.serverProcess()}`)).uid).toBe(user.uid)
  await alone.leave()
  await using afterwards = spawnGateway(directory, user)
  expect(await afterwards.started()).toMatchObject({ origin: 'started', warnings: [] })
})
