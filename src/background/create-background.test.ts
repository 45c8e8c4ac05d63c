import { createGatewayOn, createTestDatabase, type TestDatabase, type TestGateway } from '@trellis/testing'
import { sql } from 'kysely'
import type { PgBoss } from 'pg-boss'
import { pino } from 'pino'
import { expect, test, vi } from 'vitest'
import { type Background, createBackground } from './create-background.ts'
import { openBoss } from './open-boss.ts'

const silent = pino({ level: 'silent' })

const backgroundOn = ({ trellis }: TestGateway, open: () => Promise<PgBoss>): Background =>
  createBackground({
    database: trellis.database.session.sql,
    extensions: [{ name: 'chores', events: {}, jobs: { sweep: { run: () => undefined } } }],
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
      gateway.trellis.database.session.sql,
    )
    return rows.length
  }
  await expect.poll(connections).toBe(0)
})
