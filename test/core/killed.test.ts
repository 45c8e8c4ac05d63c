import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createGatewayOn, createTestDatabase, type TestDatabase } from '@trellis/testing'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { listeningExtension } from './fixtures/listening-extension.ts'

/** Has a process of its own commit a customer, and kills it, as `kill -9` does, once it says the word. */
async function killAt(
  word: 'committed' | 'hearing' | 'working',
  { connection }: TestDatabase,
): Promise<void> {
  const file = join(import.meta.dirname, '..', 'fixtures', 'commit-and-wait.ts')
  const child: ChildProcess = spawn(process.execPath, [file, JSON.stringify(connection), word], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const exit = once(child, 'exit')
  let output = ''
  for await (const chunk of child.stdout ?? []) {
    output += String(chunk)
    if (!output.includes(word)) continue
    child.kill('SIGKILL')
    break
  }
  await exit
  if (!output.includes(word)) throw new Error(`The process ended before it said "${word}": ${output}`)
}

test('what was committed before kill -9 is delivered once by the next start', async () => {
  await using database = await createTestDatabase()
  await killAt('committed', database)
  const { extension, heard } = listeningExtension()
  await using gateway = await createGatewayOn({ ...database, extensions: [extension], background: true })
  await gateway.trellis.background.settle()
  await gateway.trellis.background.settle()
  expect(heard.map(({ type, attempt }) => [type, attempt])).toEqual([['customer.created', 1]])
  expect(await gateway.rowsIn('EventDelivery')).toBe(0)
})

test('an event that was being heard at kill -9 is heard again when its time is over, not before', async () => {
  await using database = await createTestDatabase()
  await killAt('hearing', database)
  const { extension, heard } = listeningExtension()
  await using gateway = await createGatewayOn({ ...database, extensions: [extension], background: true })
  await gateway.trellis.background.settle()
  expect(heard).toEqual([])
  // The time that the dead process had for it is over.
  await sql`update "EventDelivery" set "dueAt" = now()`.execute(gateway.trellis.database.session.sql)
  await gateway.trellis.background.settle()
  expect(heard.map(({ type, attempt }) => [type, attempt])).toEqual([['customer.created', 2]])
})

test('an event that takes down whoever handles it is given up after its attempts, and holds up nobody', async () => {
  await using database = await createTestDatabase()
  await killAt('hearing', database)
  const { extension, heard } = listeningExtension()
  await using gateway = await createGatewayOn({
    ...database,
    extensions: [extension],
    background: true,
    retryDelaysMs: [],
  })
  const { rows } = await sql<{ id: string }>`
    update "EventDelivery" set "dueAt" = now() returning "entityId" as id`.execute(
    gateway.trellis.database.session.sql,
  )
  await gateway.data(
    'mutation ($id: ID!) { customerUpdate(input: { id: $id, name: "Harbour" }) { userErrors { message } } }',
    rows[0],
  )
  await gateway.trellis.background.settle()
  expect(heard.map(({ type }) => type)).toEqual(['customer.updated'])
  expect(await gateway.data('{ extensions { events { waiting failures { type error } } } }')).toEqual({
    extensions: [
      {
        events: {
          waiting: 0,
          failures: [
            {
              type: 'customer.created',
              error: 'Error: The process that handled it ended, and no attempt is left.',
            },
          ],
        },
      },
    ],
  })
})

test('a job that was being done at kill -9 is done again once its process is silent', {
  timeout: 90_000,
}, async () => {
  await using database = await createTestDatabase()
  await killAt('working', database)
  const attempts: number[] = []
  const { extension } = listeningExtension({ job: (_, { attempt }) => void attempts.push(attempt) })
  await using gateway = await createGatewayOn({ ...database, extensions: [extension], background: true })
  const { sql: own } = gateway.trellis.database.session
  // The half minute of silence, and the one until a run is tried again, are over.
  await sql`update pgboss.job set heartbeat_on = now() - interval '1 minute' where state = 'active'`.execute(
    own,
  )
  await expect
    .poll(
      async () => {
        await sql`update pgboss.job set start_after = now() where state = 'retry'`.execute(own)
        return attempts
      },
      { timeout: 60_000, interval: 100 },
    )
    .toEqual([2])
})
