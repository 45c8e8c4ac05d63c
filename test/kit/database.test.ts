import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, inject, test } from 'vitest'
import { openAdminSession } from './admin-session.ts'
import { createTestDatabase, type TestDatabase } from './database.ts'
import { dropTogether } from './dropped-together.ts'
import { freshName, isLeftover, runPrefix } from './test-database-names.ts'

test('every test has a database of its own, closed afterwards even when somebody is still connected', async () => {
  const closed: TestDatabase[] = []
  {
    await using one = await createTestDatabase()
    await using other = await createTestDatabase()
    closed.push(one, other)
    await using session = await openAdminSession(one.connection)
    await session.run('create table only_here (id text)')
    await using elsewhere = await openAdminSession(other.connection)
    await expect(elsewhere.run('select * from only_here')).rejects.toThrow('does not exist')
  }
  expect(new Set(closed.map(({ name }) => name)).size).toBe(2)
  for (const { connection } of closed) {
    // Not to be connected to, or dropped already.
    await expect(openAdminSession(connection)).rejects.toMatchObject({
      code: expect.stringMatching(/^(55000|3D000)$/),
    })
  }
})

test('many at once, from one template', async () => {
  await using closing = new AsyncDisposableStack()
  const databases = await Promise.all(Array.from({ length: 8 }, () => createTestDatabase()))
  for (const database of databases) closing.use(database)
  expect(new Set(databases.map(({ name }) => name)).size).toBe(8)
})

test('databases are dropped together, however many', async () => {
  const { connection, prefix } = inject('testServer')
  await using admin = await openAdminSession(connection)
  const names = Array.from({ length: 9 }, () => freshName(prefix))
  for (const name of names) await admin.run(`create database ${name} template template0`)
  await dropTogether(connection, [...names, `${prefix}never_was`])
  expect((await admin.databaseNames()).filter(name => names.includes(name))).toEqual([])
})

test('a database is left over when the process in its name is gone, and only then', async () => {
  const child = spawn(process.execPath, ['--eval', ''])
  const pid = child.pid ?? 0
  await once(child, 'exit')
  expect(isLeftover(`${runPrefix(pid)}template`)).toBe(true)
  expect(isLeftover(`${runPrefix(process.pid)}template`)).toBe(false)
  expect(isLeftover('trellis_test_other1_1_template')).toBe(false)
  expect(isLeftover('trellis')).toBe(false)
})
