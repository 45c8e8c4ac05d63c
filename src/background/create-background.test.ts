import { createGatewayOn, createTestDatabase, type TestDatabase, type TestGateway } from '@trellis/testing'
import { sql } from 'kysely'
import type { PgBoss } from 'pg-boss'
import { pino } from 'pino'
import { expect, test, vi } from 'vitest'
import { type Background, createBackground } from './create-background.ts'
import { openBoss } from './open-boss.ts'

const silent = pino({ level: 'silent' })

const databaseOf = ({ trellis }: TestGateway) => trellis.database.session.sql

const nothing = () => undefined

const backgroundOn = (gateway: TestGateway, open: () => Promise<PgBoss>): Background =>
  createBackground({
    database: databaseOf(gateway),
    extensions: [
      {
        name: 'chores',
        events: { 'customer.created': nothing },
        jobs: { sweep: { schedule: '0 3 * * *', run: nothing } },
      },
    ],
    installed: ['chores'],
    disabled: [],
    createContext: () => {
      throw new Error('Nothing is to be run here.')
    },
    prepare: () => Promise.resolve(),
    log: silent,
    openBoss: open,
    retentionDays: 7,
  })

/** A queue that is open already, for whoever asks for it later. */
async function readyBoss({ connection }: TestDatabase) {
  const boss = await openBoss(connection, silent)
  return { boss, [Symbol.asyncDispose]: () => boss.stop({ graceful: false }) }
}

test('what leaves while it tries once more to start jobs leaves no worker behind', async () => {
  await using database = await createTestDatabase()
  await using gateway = await createGatewayOn({ ...database, extensions: [] })
  await using ready = await readyBoss(database)
  const again = Promise.withResolvers<void>()
  const opened = Promise.withResolvers<PgBoss>()
  let times = 0
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'] })
  const background = backgroundOn(gateway, () => {
    times += 1
    if (times === 1) return Promise.reject(new Error('the database has no answer'))
    again.resolve()
    return opened.promise
  })
  try {
    await background.start()
    await background.settle()
    await vi.advanceTimersByTimeAsync(30_000)
    await again.promise
  } finally {
    vi.useRealTimers()
  }
  const stopped = background.stop()
  opened.resolve(ready.boss)
  await stopped
  const connections = async () => {
    const { rows } = await sql`
      select 1 from pg_stat_activity where datname = current_database() and application_name = 'trellis jobs'`.execute(
      databaseOf(gateway),
    )
    return rows.length
  }
  await expect.poll(connections, { timeout: 20_000 }).toBe(0)
})

test('what an older Trellis beside it has taken away, it says again within an hour', async () => {
  await using database = await createTestDatabase()
  await using gateway = await createGatewayOn({ ...database, extensions: [] })
  await using ready = await readyBoss(database)
  const background = backgroundOn(gateway, () => Promise.resolve(ready.boss))
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] })
  try {
    await background.start()
    await background.settle()
    await sql`update "EventConsumer" set types = '{}'`.execute(databaseOf(gateway))
    await sql`delete from pgboss.schedule`.execute(databaseOf(gateway))
    vi.advanceTimersByTime(3_600_000)
  } finally {
    vi.useRealTimers()
  }
  const said = async () => {
    const { rows } = await sql`
      select types, array(select name from pgboss.schedule) as schedules from "EventConsumer"`.execute(
      databaseOf(gateway),
    )
    return rows
  }
  await expect
    .poll(said, { timeout: 20_000 })
    .toEqual([{ types: ['customer.created', 'job:chores'], schedules: ['chores/sweep'] }])
  await background.stop()
})
