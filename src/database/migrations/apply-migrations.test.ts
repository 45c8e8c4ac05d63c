import { expect, test } from 'vitest'
import { createEmptyDatabase } from '../../../test/kit/database.ts'
import { createTemporaryMigrations } from '../../../test/kit/temporary-migrations.ts'
import type { ConnectionParts } from '../connection.ts'
import { applyMigrations, migrationStatus, resolveMigration } from './index.ts'
import { openSession } from './open-session.ts'

const log = { info: () => undefined }
const first = '20260101000000_customers'
const second = '20260102000000_orders'
const two = {
  [first]: 'create table customer (id text primary key);',
  [second]: 'create table orders (id text primary key, customer_id text references customer);',
}

test('an empty database gets all migrations in the order of their names, and no more the second time', async () => {
  await using database = await createEmptyDatabase()
  await using migrations = await createTemporaryMigrations(two)
  const target = { ...database, ...migrations, log }

  expect(await applyMigrations(target)).toEqual([first, second])
  expect(await applyMigrations(target)).toEqual([])
  expect(await tables(database.connection)).toEqual([
    'public._prisma_migrations',
    'public.customer',
    'public.orders',
  ])
})

test('a migration that came later is applied alone', async () => {
  await using database = await createEmptyDatabase()
  await using migrations = await createTemporaryMigrations(two)
  const target = { ...database, ...migrations, log }
  await applyMigrations(target)

  await migrations.write('20260103000000_notes', 'create table note (id text primary key);')
  expect((await migrationStatus(target)).pending).toEqual(['20260103000000_notes'])
  expect(await applyMigrations(target)).toEqual(['20260103000000_notes'])
})

test('of several that start at once, one applies and the others wait for it', async () => {
  await using database = await createEmptyDatabase()
  await using migrations = await createTemporaryMigrations({
    ...two,
    '20260103000000_slow': 'select pg_sleep(0.3);',
  })
  const waiting: string[] = []
  const target = {
    ...database,
    ...migrations,
    log: { info: (_: object, message: string) => waiting.push(message) },
  }

  const applied = await Promise.all(Array.from({ length: 4 }, () => applyMigrations(target)))
  expect(applied.filter(names => names.length > 0)).toEqual([[first, second, '20260103000000_slow']])
  expect(waiting).toContain('another process is applying migrations, waiting for it')
})

test("the core and an extension have histories of their own, whatever the migrations' names", async () => {
  await using database = await createEmptyDatabase()
  await using core = await createTemporaryMigrations(two)
  await using extension = await createTemporaryMigrations({
    [first]: 'create table account (id text primary key);',
  })

  const { connection } = database
  const loyalty = { connection, ...extension, postgresSchema: 'ext_loyalty', log }
  const applied = await Promise.all([applyMigrations({ connection, ...core, log }), applyMigrations(loyalty)])
  expect(applied).toEqual([[first, second], [first]])
  expect(await tables(connection)).toEqual([
    'ext_loyalty._prisma_migrations',
    'ext_loyalty.account',
    'public._prisma_migrations',
    'public.customer',
    'public.orders',
  ])
  expect((await migrationStatus(loyalty)).applied).toEqual([first])
})

test('semicolons in function bodies and strings do not cut a script', async () => {
  await using database = await createEmptyDatabase()
  await using migrations = await createTemporaryMigrations({
    [first]: `create function twice(n integer) returns integer language plpgsql as $$
      begin -- one; two
        n := n * 2; return n;
      end $$;
      create table customer (note text default 'a;b');
      insert into customer default values;`,
  })
  await applyMigrations({ ...database, ...migrations, log })
  expect(await rows(database.connection, 'select twice(2) as twice, note from customer')).toEqual([
    { twice: 4, note: 'a;b' },
  ])
})

test('a script that fails leaves nothing behind, says why, and is applied once that is put right', async () => {
  await using database = await createEmptyDatabase()
  await using migrations = await createTemporaryMigrations(two)
  const target = { ...database, ...migrations, log }
  await migrations.write(second, 'create table orders (id text); select 1 / 0;')

  const message = `Migration ${second} in PostgreSQL schema "public" did not finish: Error querying the database: ERROR: division by zero`
  await expect(applyMigrations(target)).rejects.toThrow(message)
  // Not only the run that failed says so, every later one does.
  await expect(applyMigrations(target)).rejects.toThrow(message)
  expect(await tables(database.connection)).not.toContain('public.orders')
  expect((await migrationStatus(target)).failed).toEqual([
    { name: second, reason: 'Error querying the database: ERROR: division by zero' },
  ])

  await migrations.write(second, two[second])
  await resolveMigration({ ...target, name: second, resolution: 'rolled-back' })
  expect(await applyMigrations(target)).toEqual([second])
})

test('a migration whose process was killed can be declared applied', async () => {
  await using database = await createEmptyDatabase()
  await using migrations = await createTemporaryMigrations(two)
  const target = { ...database, ...migrations, log }
  await applyMigrations(target)
  await rows(
    database.connection,
    `update _prisma_migrations set finished_at = null where migration_name = '${second}'`,
  )

  await expect(applyMigrations(target)).rejects.toThrow('it was cut off, and left no reason')
  await resolveMigration({ ...target, name: second, resolution: 'applied' })
  expect(await applyMigrations(target)).toEqual([])
})

test('an applied migration that was edited is refused, one with other line ends is not', async () => {
  await using database = await createEmptyDatabase()
  await using migrations = await createTemporaryMigrations({
    ...two,
    [first]: 'create table customer (\n  id text primary key);\n',
  })
  const target = { ...database, ...migrations, log }
  await applyMigrations(target)

  await migrations.write(first, 'create table customer (\r\n  id text primary key);\r\n')
  expect(await applyMigrations(target)).toEqual([])
  await migrations.write(first, 'create table customer (id bigint primary key);')
  await expect(applyMigrations(target)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[MigrationError: Applied to PostgreSQL schema "public" and changed since: 20260101000000_customers. Restore the migration.sql as it was applied, and put the change into a new migration (npm run migrate -- new NAME).]`,
  )
})

test('a database that a newer version migrated is refused', async () => {
  await using database = await createEmptyDatabase()
  await using migrations = await createTemporaryMigrations(two)
  const target = { ...database, ...migrations, log }
  await applyMigrations(target)
  await migrations.remove(second)
  await expect(applyMigrations(target)).rejects.toThrowErrorMatchingInlineSnapshot(
    `[MigrationError: PostgreSQL schema "public" has migrations that this version does not know: 20260102000000_orders. A newer version of Trellis (or of the extension) has been here: start that version, or restore a backup from before it.]`,
  )
})

test.each([
  { postgresSchema: 'ext_loyalty, public', problem: 'schema' },
  { postgresSchema: 'pg_loyalty', problem: 'schema' },
  { directory: '/nowhere/migrations', problem: 'folder' },
  { schemaDirectory: '/nowhere/schema', problem: 'schema' },
])('$problem: refused before anything is changed', async ({ problem, ...wrong }) => {
  await using database = await createEmptyDatabase()
  await using migrations = await createTemporaryMigrations(two)
  const applied = applyMigrations({ ...database, ...migrations, log, ...wrong })
  await expect(applied).rejects.toMatchObject({ name: 'MigrationError', problem })
  expect(await tables(database.connection)).toEqual([])
})

test('a database that is not there is named in the error, with what to check', async () => {
  await using database = await createEmptyDatabase()
  await using migrations = await createTemporaryMigrations(two)
  const connection = { ...database.connection, database: 'no_such_database' }
  await expect(migrationStatus({ connection, ...migrations })).rejects.toThrow(
    /Cannot open database "no_such_database" at .* Check that PostgreSQL runs there and that DATABASE_URL is right/,
  )
})

async function rows(connection: ConnectionParts, sql: string): Promise<readonly unknown[]> {
  await using session = await openSession(connection)
  return (await session.client.query<object>(sql)).rows
}

async function tables(connection: ConnectionParts): Promise<readonly string[]> {
  await using session = await openSession(connection)
  const { rows: found } = await session.client.query<{ name: string }>(
    `select schemaname || '.' || tablename as name from pg_tables
     where schemaname not in ('pg_catalog', 'information_schema') order by name`,
  )
  return found.map(({ name }) => name)
}
