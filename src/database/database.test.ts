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
