import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createEmptyDatabase } from '../../../test/kit/database.ts'
import { createTemporaryMigrations } from '../../../test/kit/temporary-migrations.ts'
import type { ConnectionParts } from '../connection.ts'
import { applyMigrations, writeMigration } from './index.ts'
import { openSession } from './open-session.ts'

const log = { info: () => undefined }
const now = new Date('2026-03-01T09:05:07Z')
const customer = `
model Customer {
  id        String   @id
  name      String
  tags      String[]
  amount    Decimal  @db.Decimal(18, 4)
  createdAt DateTime @default(now()) @db.Timestamptz(6)
  orders    Order[]
}
`
const order = `
model Order {
  id         String   @id
  customerId String
  customer   Customer @relation(fields: [customerId], references: [id])

  @@index([customerId])
}
`

test.each(['public', 'ext_loyalty'])(
  'what the schema files have is written, applied, and then no longer a difference (%s)',
  async postgresSchema => {
    await using database = await createEmptyDatabase()
    await using migrations = await createTemporaryMigrations()
    await migrations.writeModel('customer.prisma', customer)
    await migrations.writeModel('order.prisma', order)
    const target = { ...database, ...migrations, postgresSchema }

    const written = await writeMigration({ ...target, name: 'initial', now })
    expect(written?.name).toBe('20260301090507_initial')
    expect(written?.sql).toContain('CREATE TABLE "Order"')
    expect(await readFile(join(migrations.directory, 'migration_lock.toml'), 'utf8')).toContain(
      '"postgresql"',
    )
    expect(await applyMigrations({ ...target, log })).toEqual(['20260301090507_initial'])
    expect(await writeMigration({ ...target, name: 'nothing' })).toBeNull()

    await migrations.writeModel('order.prisma', order.replace('id  ', 'note String?\n  id  '))
    const change = await writeMigration({
      ...target,
      name: 'order_note',
      now: new Date('2026-03-02T00:00:00Z'),
    })
    expect(change?.sql).toBe('-- AlterTable\nALTER TABLE "Order" ADD COLUMN     "note" TEXT;\n')
  },
)

test('the named database stays untouched, and the shadow is gone, also when the comparison fails', async () => {
  await using database = await createEmptyDatabase()
  await using migrations = await createTemporaryMigrations()
  await migrations.writeModel('customer.prisma', customer)
  await migrations.writeModel('order.prisma', order)
  const target = { ...database, ...migrations }

  await writeMigration({ ...target, name: 'initial', now })
  expect(await objects(database.connection)).toEqual({ tables: 0, shadows: 0 })

  await migrations.write('20260302000000_wrong', 'alter table "Nowhere" add column note text;')
  await expect(writeMigration({ ...target, name: 'more' })).rejects.toThrow(/20260302000000_wrong.*failed/s)
  expect(await objects(database.connection)).toEqual({ tables: 0, shadows: 0 })
})

test.each(['Initial', '1st', 'add-tags', '../escape', 'a b', ''])(
  '"%s" cannot name a migration',
  async name => {
    await using database = await createEmptyDatabase()
    await using migrations = await createTemporaryMigrations()
    await expect(writeMigration({ ...database, ...migrations, name })).rejects.toThrow(
      `"${name}" cannot name a migration`,
    )
  },
)

test('a clock that is behind is noticed', async () => {
  await using database = await createEmptyDatabase()
  await using migrations = await createTemporaryMigrations({ '20260401000000_later': 'select 1;' })
  await expect(writeMigration({ ...database, ...migrations, name: 'initial', now })).rejects.toThrow(
    'The new migration 20260301090507_initial would come before 20260401000000_later',
  )
})

test('a mistake in the Prisma schema is shown with file and line', async () => {
  await using database = await createEmptyDatabase()
  await using migrations = await createTemporaryMigrations()
  await migrations.writeModel('customer.prisma', 'model Customer {\n  id Strin @id\n}\n')
  await expect(writeMigration({ ...database, ...migrations, name: 'initial' })).rejects.toThrow(
    'customer.prisma:2',
  )
})

/** The database's tables, and the server's shadow databases of this process. */
async function objects(connection: ConnectionParts): Promise<unknown> {
  await using session = await openSession(connection)
  const { rows } = await session.client.query<object>(
    `select (select count(*)::integer from pg_tables where schemaname = 'public') as tables,
            (select count(*)::integer from pg_database where starts_with(datname, $1)) as shadows`,
    [`trellis_shadow_${process.pid}_`],
  )
  return rows[0]
}
