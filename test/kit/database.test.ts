import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { expect, inject, test } from 'vitest'
import { openAdminSession } from './admin-session.ts'
import { createTestDatabase } from './database.ts'
import { isLeftover, runPrefix } from './test-database-names.ts'

test('every test has a database of its own, gone afterwards even when somebody is still connected', async () => {
  const names: string[] = []
  {
    await using one = await createTestDatabase()
    await using other = await createTestDatabase()
    names.push(one.name, other.name)
    await using session = await openAdminSession(one.connection)
    await session.run('create table only_here (id text)')
    await using elsewhere = await openAdminSession(other.connection)
    await expect(elsewhere.run('select * from only_here')).rejects.toThrow('does not exist')
  }
  expect(new Set(names).size).toBe(2)
  await using admin = await openAdminSession(inject('testServer').connection)
  const left = await admin.databaseNames()
  expect(left.filter(name => names.includes(name))).toEqual([])
})

test('many at once, from one template', async () => {
  await using closing = new AsyncDisposableStack()
  const databases = await Promise.all(Array.from({ length: 8 }, () => createTestDatabase()))
  for (const database of databases) closing.use(database)
  expect(new Set(databases.map(({ name }) => name)).size).toBe(8)
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
