import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import type { ConnectionParts } from '../connection.ts'
import { chooseAccount, isRoot } from './account.ts'
import { query } from './fixtures/query.ts'
import { quietLog } from './fixtures/quiet-log.ts'
import { makeScratch } from './fixtures/scratch.ts'
import { spawnGateway } from './fixtures/spawn-gateway.ts'
import { startEmbeddedServer } from './index.ts'

/** One database for all but the last test: each begins and ends with it stopped. */
let scratch: Awaited<ReturnType<typeof makeScratch>>
let directory: string
beforeAll(async () => {
  scratch = await makeScratch()
  directory = scratch.directory
  await (await startEmbeddedServer({ directory, log: quietLog() })).leave()
})
afterAll(() => scratch[Symbol.asyncDispose]())

/** On a busy machine the server takes a moment to see that who was killed is gone, and counts them as present until then. */
const untilNoticed = (connection: ConnectionParts) =>
  vi.waitFor(
    async () =>
      expect(
        await query(connection, `select count(*)::int as present from pg_locks where locktype = 'advisory'`),
      ).toEqual([{ present: 0 }]),
    { timeout: 10_000, interval: 5 },
  )

test('a killed gateway leaves its server running, and the next start adopts it', async () => {
  await using gateway = spawnGateway(directory)
  const { connection } = await gateway.started()
  const pid = await scratch.serverProcess()
  await gateway.kill()
  await untilNoticed(connection)

  const began = performance.now()
  const server = await startEmbeddedServer({ directory, log: quietLog() })
  expect(performance.now() - began).toBeLessThan(1000)
  expect(server.origin).toBe('adopted')
  expect(await scratch.serverProcess()).toBe(pid)
  await server.leave()
})

test('when gateway and server are both killed, the next start recovers every acknowledged row', async () => {
  await using gateway = spawnGateway(directory)
  const { connection } = await gateway.started()
  await query(connection, 'create table many as select generate_series(1, 1000) as id')
  await Promise.all([gateway.kill(), scratch.killServer()])

  const server = await startEmbeddedServer({ directory, log: quietLog() })
  expect(server.origin).toBe('recovered')
  expect(await query(server.connection, 'select count(*)::int from many')).toEqual([{ count: 1000 }])
  await server.leave()
})

test('a server killed under a living gateway is started again, at the same address', async () => {
  const log = quietLog()
  const server = await startEmbeddedServer({ directory, log })
  await query(server.connection, 'create table kept as select 1 as id')
  await scratch.killServer()

  await vi.waitFor(
    async () => expect(await query(server.connection, 'select * from kept')).toEqual([{ id: 1 }]),
    { timeout: 10_000 },
  )
  expect(log.warnings).toEqual(['the embedded database went away: starting it again'])
  await server.leave()
})

test('a process id that belongs to somebody else now does not keep the server from starting', async () => {
  // As after the restart of a container, where the same few ids come round again.
  const account = isRoot() ? await chooseAccount(directory) : {}
  const stranger = spawn('sleep', ['60'], { ...account, stdio: 'ignore' })
  await once(stranger, 'spawn')
  const home = await scratch.home()
  const lines = [stranger.pid, join(home, 'data'), 1, 5432, home, '', '', 'ready'].join('\n')
  await writeFile(join(home, 'data', 'postmaster.pid'), lines)

  const server = await startEmbeddedServer({ directory, log: quietLog() })
  expect(server.origin).toBe('recovered')
  await server.leave()
  stranger.kill()
})

test('whoever joins while another leaves ends with a running server', async () => {
  const log = quietLog()
  let current = await startEmbeddedServer({ directory, log })
  // The first rounds join before the shutdown begins, the later ones in the middle of it.
  for (const delay of [0, 2, 5, 15, 40]) {
    const leaving = current.leave()
    await sleep(delay)
    current = await startEmbeddedServer({ directory, log })
    await leaving
    expect(await query(current.connection, 'select 1 as alive')).toEqual([{ alive: 1 }])
  }
  await current.leave()
  expect(log.warnings).toEqual([])
})

test('a gateway killed while it initialises leaves nothing in the way', async () => {
  await using empty = await makeScratch()
  await using gateway = spawnGateway(empty.directory)
  await vi.waitFor(async () => expect(await readdir(await empty.home())).not.toEqual([]), {
    interval: 5,
    timeout: 10_000,
  })
  await gateway.kill()

  const server = await startEmbeddedServer({ directory: empty.directory, log: quietLog() })
  expect(server.origin).toBe('initialised')
  await server.leave()
  expect(await readdir(await empty.home())).toEqual(['data', 'postgres.log'])
})
