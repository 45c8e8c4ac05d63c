import { expect, test } from 'vitest'
import { createEmptyDatabase } from '../../../test/kit/database.ts'
import { createTemporaryMigrations } from '../../../test/kit/temporary-migrations.ts'
import { applyMigrations, migrationStatus } from './index.ts'
import { openSession } from './open-session.ts'

const log = { info: () => undefined }
const first = '20260101000000_visits'
const second = '20260102000000_notes'
const third = '20260103000000_places'

test('of several migrations in one transaction, all are applied or none is, and the reason is the first one', async () => {
  await using database = await createEmptyDatabase()
  await using migrations = await createTemporaryMigrations({
    [first]: 'create table visit (id text primary key); insert into visit values (1);',
  })
  const target = { ...database, ...migrations, postgresSchema: 'ext_visit', log, allOrNone: true }
  expect(await applyMigrations(target)).toEqual([first])

  await migrations.write(second, 'alter table visit add column note text; update visit set note = id;')
  await migrations.write(
    third,
    'create table place (id text primary key); alter table nowhere add column x text;',
  )
  const before = await migrationStatus(target)
  await expect(applyMigrations(target)).rejects.toThrow(/taken back, all of them: .*nowhere.* does not exist/)
  expect(await migrationStatus(target)).toEqual(before)
  await using session = await openSession(database.connection)
  expect((await session.client.query('select * from ext_visit.visit')).rows).toEqual([{ id: '1' }])

  await migrations.write(third, 'create table place (id text primary key);')
  expect(await applyMigrations(target)).toEqual([second, third])
})

test('a version whose tables a newer one has made is refused, unless it is said to put up with them', async () => {
  await using database = await createEmptyDatabase()
  await using migrations = await createTemporaryMigrations({
    [first]: 'create table visit (id text primary key);',
    [second]: 'alter table visit add column note text;',
  })
  const target = { ...database, ...migrations, postgresSchema: 'ext_visit', log }
  await applyMigrations(target)
  await migrations.remove(second)
  await expect(applyMigrations(target)).rejects.toThrow('that this version does not know')
  expect(await applyMigrations({ ...target, acceptsNewer: true })).toEqual([])
  await migrations.write(third, 'create table place (id text primary key);')
  await expect(applyMigrations({ ...target, acceptsNewer: true })).rejects.toThrow('does not know')
})
