import { stat, truncate } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { query } from './fixtures/query.ts'
import { quietLog } from './fixtures/quiet-log.ts'
import { makeScratch } from './fixtures/scratch.ts'
import { spawnGateway } from './fixtures/spawn-gateway.ts'
import { startEmbeddedServer } from './index.ts'

const log = quietLog()

test('the first start makes a database on a socket of its own; later ones find it, or start it quickly', async () => {
  await using scratch = await makeScratch()
  const { directory } = scratch

  const logFile = join(directory, 'postgres', 'postgres.log')

  const first = await startEmbeddedServer({ directory, log })
  expect(first.origin).toBe('initialised')
  expect(first.connection).toEqual({
    host: await scratch.home(),
    port: 5432,
    user: 'trellis',
    database: 'trellis',
    ssl: false,
  })
  expect(await query(first.connection, SETTINGS)).toMatchInlineSnapshot(`
    [
      {
        "encoding": "UTF8",
        "fsync": "on",
        "listen_addresses": "",
        "locale": "C.UTF-8",
        "max_connections": "100",
        "superuser": false,
        "synchronous_commit": "on",
        "timezone": "UTC",
      },
    ]
  `)
  expect((await stat(logFile)).mode & 0o077).toBe(0)
  await query(first.connection, `create table kept as select '北京' as city`)

  const second = await startEmbeddedServer({ directory, log })
  expect(second.origin).toBe('found')
  await second.leave()
  expect(await scratch.serverProcess(), 'the first one is still there').toBeDefined()
  await Promise.all([first.leave(), first.leave()])
  expect(await scratch.serverProcess(), 'the last one put out the light').toBeUndefined()

  await truncate(logFile, 5 * 1024 * 1024)
  const began = performance.now()
  const third = await startEmbeddedServer({ directory, log })
  expect(third.origin).toBe('started')
  expect(performance.now() - began).toBeLessThan(1000)
  expect(await query(third.connection, 'select * from kept')).toEqual([{ city: '北京' }])
  expect((await stat(logFile)).size, 'a log grown large was put aside').toBeLessThan(10_000)
  await third.leave()
  expect(log.warnings).toEqual([])
})

const SETTINGS = `
  select current_setting('listen_addresses') as listen_addresses, current_setting('timezone') as timezone,
    current_setting('fsync') as fsync, current_setting('synchronous_commit') as synchronous_commit,
    current_setting('max_connections') as max_connections, current_setting('server_encoding') as encoding,
    datlocale as locale, usesuper as superuser
  from pg_database, pg_user where datname = current_database() and usename = current_user`

test('two processes that start at the same moment share one server, and the last to leave stops it', async () => {
  await using scratch = await makeScratch()
  await using one = spawnGateway(scratch.directory)
  await using other = spawnGateway(scratch.directory)
  const [first, second] = await Promise.all([one.started(), other.started()])

  expect(second.connection).toEqual(first.connection)
  await query(first.connection, 'create table shared as select 1 as id')
  await one.leave()
  expect(await query(second.connection, 'select * from shared')).toEqual([{ id: 1 }])
  await other.leave()
  expect(await scratch.serverProcess()).toBeUndefined()
})
