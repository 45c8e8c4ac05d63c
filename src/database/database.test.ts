import { once } from 'node:events'
import { connect, createServer, type Socket } from 'node:net'
import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { createTestDatabase } from '../../test/kit/database.ts'
import { createDatabase } from './database.ts'

const log = { warn: () => undefined }

async function openTestDatabase({ options }: { options?: string } = {}) {
  const empty = await createTestDatabase()
  const statements: string[] = []
  const connection = { ...empty.connection, ...(options !== undefined && { options }) }
  const database = createDatabase({ connection, poolSize: 2, log, observe: text => statements.push(text) })
  return {
    database,
    statements,
    async [Symbol.asyncDispose]() {
      await database.close()
      await empty[Symbol.asyncDispose]()
    },
  }
}

const teams = { id: 'tea_01k0000000e008000000000009', name: 'Both' }

test('Prisma and Kysely see the same transaction, and nobody else does before it commits', async () => {
  await using opened = await openTestDatabase()
  const { database } = opened
  const transaction = await database.begin()
  await transaction.session.prisma.team.create({ data: teams })
  const names = sql<{ name: string }>`select name from "Team"`
  expect((await names.execute(transaction.session.sql)).rows).toEqual([{ name: 'Both' }])
  expect((await names.execute(database.session.sql)).rows).toEqual([])
  await transaction.commit()
  expect((await names.execute(database.session.sql)).rows).toEqual([{ name: 'Both' }])
})

test('a transaction that is rolled back leaves nothing, and its connection is free again', async () => {
  await using opened = await openTestDatabase()
  const { database } = opened
  for (let round = 0; round < 5; round++) {
    const transaction = await database.begin()
    await transaction.session.prisma.team.create({ data: teams })
    await transaction.rollback()
  }
  expect(await database.session.prisma.team.count()).toBe(0)
})

test('a transaction is BEGIN, its statements and COMMIT, and nothing else', async () => {
  await using opened = await openTestDatabase()
  const { database, statements } = opened
  await database.ping()
  statements.length = 0
  const transaction = await database.begin()
  await sql`select 1`.execute(transaction.session.sql)
  await transaction.commit()
  expect(statements).toEqual(['BEGIN', 'select 1', 'COMMIT'])
})

test('instants are stored as they are, whatever time zone the connection asks for', async () => {
  await using opened = await openTestDatabase({ options: '-c TimeZone=Asia/Shanghai' })
  const { session } = opened.database
  const createdAt = new Date('2026-01-01T00:00:00.000Z')
  await session.prisma.team.create({ data: { ...teams, createdAt } })
  const { rows } = await sql<{ createdAt: Date }>`select "createdAt" from "Team"`.execute(session.sql)
  expect(rows).toEqual([{ createdAt }])
})

test('a connection that the server closes is no crash: a moment later there is a new one', async () => {
  await using opened = await openTestDatabase()
  const { database } = opened
  await database.ping()
  await expect(
    sql`select pg_terminate_backend(pg_backend_pid())`.execute(database.session.sql),
  ).rejects.toThrow('terminat')
  await vi.waitFor(() => database.ping())
})

test('a statement that comes after the end of its transaction is refused', async () => {
  await using opened = await openTestDatabase()
  const { database } = opened
  for (const end of ['commit', 'rollback'] as const) {
    const transaction = await database.begin()
    await transaction[end]()
    await expect(sql`select 1`.execute(transaction.session.sql)).rejects.toThrow('has ended')
  }
})

test('so is one on a connection that was kept beyond that end, whoever has it by then', async () => {
  await using opened = await openTestDatabase()
  const { database, statements } = opened
  const transaction = await database.begin()
  const [taken, held] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const late = transaction.session.sql.connection().execute(async connection => {
    taken.resolve()
    await held.promise
    await sql`select 'late'`.execute(connection)
  })
  await taken.promise
  await transaction.rollback()
  const next = await database.begin()
  held.resolve()
  await expect(late).rejects.toThrow('has ended')
  await next.commit()
  expect(statements).not.toContain("select 'late'")
})

test('a connection that breaks under a read fails the read, and nothing else', async () => {
  await using empty = await createTestDatabase()
  const sockets = new Set<Socket>()
  const { host, port } = empty.connection
  const proxy = createServer(incoming => {
    const outgoing = host.startsWith('/') ? connect(`${host}/.s.PGSQL.${port}`) : connect(port, host)
    for (const socket of [incoming, outgoing]) sockets.add(socket.on('error', () => undefined))
    incoming.pipe(outgoing).pipe(incoming)
  }).listen(0, '127.0.0.1')
  await once(proxy, 'listening')
  const address = proxy.address()
  const through = { host: '127.0.0.1', port: typeof address === 'object' && address ? address.port : 0 }
  const database = createDatabase({ connection: { ...empty.connection, ...through }, poolSize: 2, log })
  const reading = sql`select pg_sleep(5)`.execute(database.session.sql)
  setTimeout(() => sockets.forEach(socket => socket.destroy()), 100)
  await expect(reading).rejects.toThrow('Connection terminated')
  await vi.waitFor(() => database.ping())
  await database.close()
  proxy.close()
})
