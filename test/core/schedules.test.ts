import { defineExtension, type Extension, type Job } from '@trellis/sdk'
import { createGatewayOn, createTestDatabase, type TestDatabase, type TestGateway } from '@trellis/testing'
import { sql } from 'kysely'
import { PgBoss } from 'pg-boss'
import { expect, test } from 'vitest'

const nightly: Job = { schedule: '0 3 * * *', run: () => undefined }

const extensionWith = (name: string, jobs: Record<string, Job>): Extension =>
  defineExtension({ name, version: '1.0.0', typeDefs: '', jobs })

const chores = extensionWith('chores', { sweep: nightly })
const garden = extensionWith('garden', { water: nightly })

const gatewayWith = (database: TestDatabase, extensions: readonly Extension[]) =>
  createGatewayOn({ ...database, extensions, quarantines: true, background: true })

async function schedulesOf({ trellis }: TestGateway): Promise<readonly string[]> {
  const { rows } = await sql<{ name: string }>`select name from pgboss.schedule order by name`.execute(
    trellis.database.session.sql,
  )
  return rows.map(({ name }) => name)
}

/** Has runs come due by schedule while nobody does this job. */
async function comeDue({ connection }: TestDatabase, queue: string, times: number): Promise<void> {
  const boss = new PgBoss({ ...connection, supervise: false, schedule: false })
  await boss.start()
  for (let time = 0; time < times; time += 1) await boss.send(queue, null)
  await boss.stop()
}

test('a replica where an extension is quarantined, or not installed, leaves its schedules to the others', async () => {
  await using database = await createTestDatabase()
  await using one = await gatewayWith(database, [chores, garden])
  const broken = { ...chores, setup: () => Promise.reject(new Error('no key on this machine')) }
  for (const extensions of [[broken, garden], [garden]]) {
    await using other = await gatewayWith(database, extensions)
    expect(await schedulesOf(other)).toEqual(['chores/sweep', 'garden/water'])
  }
  expect(await schedulesOf(one)).toEqual(['chores/sweep', 'garden/water'])
})

test('an older version that starts beside a newer one leaves its schedules alone', async () => {
  await using database = await createTestDatabase()
  await using _ = await gatewayWith(database, [extensionWith('chores', { sweep: nightly, polish: nightly })])
  await using older = await gatewayWith(database, [chores])
  expect(await schedulesOf(older)).toEqual(['chores/polish', 'chores/sweep'])
})

test('what an administrator switches off is scheduled no longer', async () => {
  await using database = await createTestDatabase()
  await using gateway = await gatewayWith(database, [chores, garden])
  for (const [decision, scheduled] of [
    ['extensionDisable', ['garden/water']],
    ['extensionEnable', ['chores/sweep', 'garden/water']],
  ] as const) {
    await gateway.data(`mutation { ${decision}(input: { name: "chores" }) { userErrors { message } } }`)
    await gateway.trellis.follow()
    await gateway.trellis.background.settle()
    expect(await schedulesOf(gateway)).toEqual(scheduled)
  }
})

test('a schedule that nobody has told of for a day is over', async () => {
  await using database = await createTestDatabase()
  for (const name of ['old', 'new']) {
    await using gateway = await gatewayWith(database, [extensionWith('chores', { [name]: nightly })])
    expect(await schedulesOf(gateway)).toEqual(name === 'old' ? ['chores/old'] : ['chores/new'])
    await sql`update pgboss.schedule set updated_on = now() - interval '25 hours'`.execute(
      gateway.trellis.database.session.sql,
    )
  }
})

test('a job that has a schedule in another version only is not run by it', async () => {
  await using database = await createTestDatabase()
  const runs: unknown[] = []
  const extension = defineExtension({
    name: 'chores',
    version: '1.0.1',
    scopes: ['customer:read'],
    typeDefs: '',
    events: { 'customer.created': async (_, { jobs }) => void (await jobs.enqueue('sweep', 'asked for')) },
    jobs: { sweep: { run: (_, { data }) => void runs.push(data) } },
  })
  {
    await using _ = await gatewayWith(database, [chores])
  }
  await comeDue(database, 'chores/sweep', 1)
  await using gateway = await gatewayWith(database, [extension])
  await gateway.create('customer', { name: 'Harbor Foods' })
  await expect.poll(() => runs, { timeout: 20_000 }).toEqual(['asked for'])
})

test('of runs that came due while nobody did the job, one is made up for', async () => {
  await using database = await createTestDatabase()
  const runs: unknown[] = []
  const extension = extensionWith('chores', {
    sweep: { ...nightly, run: (_, { data }) => void runs.push(data) },
  })
  {
    await using _ = await gatewayWith(database, [chores, garden])
  }
  await comeDue(database, 'chores/sweep', 3)
  await using gateway = await gatewayWith(database, [extension])
  await expect.poll(() => runs, { timeout: 20_000 }).toEqual([null])
  const { rows } =
    await sql`select 1 from pgboss.job where name = 'chores/sweep' and state = 'created'`.execute(
      gateway.trellis.database.session.sql,
    )
  expect(rows).toEqual([])
})
