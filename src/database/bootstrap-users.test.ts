import { expect, test } from 'vitest'
import { createTestDatabase } from '../../test/kit/database.ts'
import { bootstrapUsers, ensureBootstrapUsers } from './bootstrap-users.ts'
import { createDatabase } from './database.ts'

const log = { warn: () => undefined }

test('gateways that start at once make the two users once', async () => {
  await using place = await createTestDatabase()
  const database = createDatabase({ ...place, poolSize: 4, log })
  await Promise.all(Array.from({ length: 4 }, () => ensureBootstrapUsers(database)))
  const users = await database.session.prisma.user.findMany({ orderBy: { email: 'asc' } })
  await database.close()

  expect(users).toMatchObject(Object.values(bootstrapUsers))
})

test('a user who has one of their addresses is taken as they are', async () => {
  await using place = await createTestDatabase()
  const database = createDatabase({ ...place, poolSize: 1, log })
  const { email } = bootstrapUsers.agent
  await database.session.prisma.user.create({
    data: { id: 'usr_1', name: 'Benjamin', email, isActive: false },
  })
  await ensureBootstrapUsers(database)
  const users = await database.session.prisma.user.findMany({ orderBy: { email: 'asc' } })
  await database.close()

  expect(users.map(({ name, isActive }) => [name, isActive])).toEqual([
    ['Ada Lindqvist', true],
    ['Benjamin', false],
  ])
})
