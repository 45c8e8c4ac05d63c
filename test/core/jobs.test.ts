import { setTimeout } from 'node:timers/promises'
import { defineExtension, type Extension, type Job, type JobRun } from '@trellis/sdk'
import {
  createGatewayOn,
  createTestDatabase,
  createTestGateway,
  type TestGateway,
  valueAt,
} from '@trellis/testing'
import { sql } from 'kysely'
import { expect, test } from 'vitest'

/** An extension with this job; an event has it asked for. */
const extensionWith = (job: Job, enqueue: (name: string) => Parameters<Ask> = name => [name]): Extension =>
  defineExtension({
    name: 'chores',
    version: '1.0.0',
    scopes: ['customer:read', 'tag:write'],
    typeDefs: '',
    jobs: { 'tidy-up': job },
    effects: {
      Customer: async ([change], { jobs }) =>
        void (await jobs.enqueue(...enqueue(String(change?.values.name)))),
    },
  })
type Ask = (name: string, data?: unknown, options?: { after?: number | Date }) => void

const tidy = (): Parameters<Ask> => ['tidy-up', { room: 4 }]

const statusOf = async (gateway: TestGateway) =>
  valueAt(
    await gateway.data(
      '{ extensions { jobs { name schedule timeZone status lastRun lastFinished lastError nextRun } } }',
    ),
    'extensions.0.jobs.0',
  )

test('a job is asked for in a mutation, and run once after its commit', async () => {
  const runs: JobRun[] = []
  const extension = extensionWith(
    {
      run: async ({ transaction }, run) => {
        await transaction(async ({ services }) =>
          services.tags.create({ name: `Room ${String(valueAt(run.data, 'room'))}` }),
        )
        runs.push(run)
      },
    },
    tidy,
  )
  await using gateway = await createTestGateway({ extensions: [extension], background: true })
  expect(await statusOf(gateway)).toMatchObject({
    name: 'tidy-up',
    schedule: null,
    status: 'IDLE',
    lastRun: null,
    nextRun: null,
  })
  await gateway.data('mutation @dryRun { customerCreate(input: { name: "Try" }) { customer { id } } }')
  await gateway.create('customer', { name: 'Harbor Foods' })
  await expect.poll(() => runs.length, { timeout: 15_000 }).toBe(1)
  expect(runs).toEqual([{ id: expect.stringMatching(/^[0-9a-f-]{36}$/), attempt: 1, data: { room: 4 } }])
  await expect.poll(async () => valueAt(await statusOf(gateway), 'status')).toBe('SUCCEEDED')
  expect(await gateway.data('{ tags { nodes { name createdBy { name } } } }')).toEqual({
    tags: { nodes: [{ name: 'Room 4', createdBy: { name: 'Trellis' } }] },
  })
})

test('a run that fails says why, to administrators, and is tried again', async () => {
  const attempts: number[] = []
  const extension = extensionWith(
    {
      retries: 3,
      run: (_, { attempt }) => {
        attempts.push(attempt)
        if (attempt === 1) throw new RangeError('no broom')
      },
    },
    tidy,
  )
  await using gateway = await createTestGateway({ extensions: [extension], background: true })
  await gateway.create('customer', { name: 'Harbor Foods' })
  await expect
    .poll(async () => valueAt(await statusOf(gateway), 'status'), { timeout: 15_000 })
    .toBe('FAILED')
  expect(await statusOf(gateway)).toMatchObject({
    lastError: 'RangeError: no broom',
    lastFinished: expect.any(String),
  })
  const hidden = await gateway.data('{ extensions { jobs { lastError } } }', {}, { as: 'agent' })
  expect(hidden).toEqual({ extensions: [{ jobs: [{ lastError: null }] }] })
  // The time until it is tried again is over.
  await sql`update pgboss.job set start_after = now() where state = 'retry'`.execute(
    gateway.trellis.database.session.sql,
  )
  await expect.poll(() => attempts, { timeout: 15_000 }).toEqual([1, 2])
  await expect.poll(async () => valueAt(await statusOf(gateway), 'status')).toBe('SUCCEEDED')
})

test('a run beyond its deadline is told to stop, and has failed', async () => {
  const reasons: unknown[] = []
  const extension = extensionWith(
    {
      retries: 0,
      deadlineMs: 100,
      run: async ({ signal }) => {
        signal.addEventListener('abort', () => reasons.push(signal.reason))
        await setTimeout(60_000, undefined, { signal })
      },
    },
    tidy,
  )
  await using gateway = await createTestGateway({ extensions: [extension], background: true })
  await gateway.create('customer', { name: 'Harbor Foods' })
  await expect
    .poll(async () => valueAt(await statusOf(gateway), 'status'), { timeout: 15_000 })
    .toBe('FAILED')
  expect(await statusOf(gateway)).toMatchObject({
    lastError: 'Error: The job tidy-up of chores took more than 100 ms.',
  })
  expect(reasons).toHaveLength(1)
})

test('a job can be asked for later, and is not run before', async () => {
  const runs: number[] = []
  const asked: number[] = []
  const extension = extensionWith({ run: () => void runs.push(Date.now()) }, () => {
    asked.push(Date.now())
    return ['tidy-up', null, { after: 1500 }]
  })
  await using gateway = await createTestGateway({ extensions: [extension], background: true })
  await gateway.create('customer', { name: 'Harbor Foods' })
  await expect.poll(() => runs.length, { timeout: 20_000 }).toBe(1)
  expect((runs[0] ?? 0) - (asked[0] ?? 0)).toBeGreaterThan(1400)
})

test('what is asked for while nobody does jobs is done by the next one who does', async () => {
  await using database = await createTestDatabase()
  const runs: unknown[] = []
  const extension = extensionWith({ run: (_, { data }) => void runs.push(data) }, tidy)
  {
    await using gateway = await createGatewayOn({ ...database, extensions: [extension], background: true })
    await gateway.trellis.background.stop()
    await gateway.create('customer', { name: 'Harbor Foods' })
  }
  expect(runs).toEqual([])
  await using _ = await createGatewayOn({ ...database, extensions: [extension], background: true })
  await expect.poll(() => runs, { timeout: 15_000 }).toEqual([{ room: 4 }])
})

test('an unknown job, and data that is too large, fail what asks for them', async () => {
  const extension = extensionWith({ run: () => undefined }, name =>
    name === 'Large' ? ['tidy-up', 'x'.repeat(70_000)] : ['polish'],
  )
  const logLines: string[] = []
  await using gateway = await createTestGateway({ extensions: [extension], logLines })
  for (const name of ['Large', 'Unknown'])
    await gateway.ask(
      'mutation ($name: String!) { customerCreate(input: { name: $name }) { customer { id } } }',
      { name },
    )
  expect(logLines.join()).toContain('The data of the job tidy-up has 70002 bytes as JSON; 65536 are allowed.')
  expect(logLines.join()).toContain('chores has no job \\"polish\\"; it has: tidy-up.')
  expect(await gateway.rowsIn('Customer')).toBe(0)
})

test('a schedule runs a job once for all replicas, and says when it does so next', {
  timeout: 90_000,
}, async () => {
  await using database = await createTestDatabase()
  const runs: string[] = []
  const minutes: number[] = []
  const extension = defineExtension({
    name: 'chores',
    version: '1.0.0',
    typeDefs: '',
    jobs: {
      minutely: {
        schedule: '* * * * *',
        run: (_, { id, data }) => {
          runs.push(`${id} ${String(data)}`)
          minutes.push(Date.now())
        },
      },
      yearly: { schedule: '30 4 1 1 *', timeZone: 'Asia/Kolkata', run: () => undefined },
    },
  })
  const began = Date.now()
  await using one = await createGatewayOn({ ...database, extensions: [extension], background: true })
  await using _ = await createGatewayOn({ ...database, extensions: [extension], background: true })
  const answer = await one.data('{ extensions { jobs { name schedule timeZone nextRun } } }')
  expect(valueAt(answer, 'extensions.0.jobs.1')).toEqual({
    name: 'yearly',
    schedule: '30 4 1 1 *',
    timeZone: 'Asia/Kolkata',
    nextRun: '2026-12-31T23:00:00.000Z',
  })
  await expect.poll(() => runs.length, { timeout: 85_000, interval: 100 }).toBeGreaterThan(0)
  // Longer than a second replica would take to do it again: it looks for schedules every second, and every second for runs of these.
  await setTimeout(3000)
  const boundaries = Math.floor(Date.now() / 60_000) - Math.floor(began / 60_000) + 1
  expect(runs.length).toBeLessThanOrEqual(boundaries)
  expect(new Set(runs).size).toBe(runs.length)
  expect(runs[0]).toMatch(/ null$/)
  const { rows } = await sql`select name from pgboss.schedule order by name`.execute(
    one.trellis.database.session.sql,
  )
  expect(rows).toEqual([{ name: 'chores/minutely' }, { name: 'chores/yearly' }])
})

test('where no extension has jobs, nothing is installed for them', async () => {
  await using gateway = await createTestGateway({ extensions: [], background: true })
  const { rows } = await sql`select 1 from information_schema.schemata where schema_name = 'pgboss'`.execute(
    gateway.trellis.database.session.sql,
  )
  expect(rows).toEqual([])
})
