import { existsSync } from 'node:fs'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { collateIds } from './collate-ids.ts'
import { lockFile } from './lock-file.ts'
import { MigrationError } from './migration-error.ts'
import { type Migration, readMigrations } from './migration-folder.ts'
import { checkedPostgresSchema, type ModelledTarget } from './migration-target.ts'
import { readPrismaSchema } from './prisma-schema.ts'
import { createShadowDatabase } from './shadow-database.ts'

export interface WriteMigrationOptions extends ModelledTarget {
  /** What the migration does, such as `add_customer_tags`. */
  readonly name: string
  /**
   * The moment that the folder's name begins with, in UTC; it decides the order.
   * @default the present
   */
  readonly now?: Date | undefined
}

/** A migration that was just written and is not applied anywhere yet. */
export interface WrittenMigration {
  readonly name: string
  /** The file, for people to read before they apply it. */
  readonly path: string
  readonly sql: string
}

/**
 * Writes what the Prisma schema has and the migrations lack as one more migration. The database
 * that `connection` names stays as it is: beside it, a shadow database is made and dropped.
 * @returns `null` when the migrations already lead to the schema
 */
export async function writeMigration(options: WriteMigrationOptions): Promise<WrittenMigration | null> {
  const { connection, directory, schemaDirectory } = options
  const postgresSchema = checkedPostgresSchema(options.postgresSchema)
  const name = `${timestamp(options.now ?? new Date())}_${checkedName(options.name)}`
  const schemaFiles = await readPrismaSchema(schemaDirectory)
  // A part that never had a migration has no folder for them either.
  const migrations = existsSync(directory) ? await readMigrations(directory) : []
  refuseOutOfOrder(name, migrations)

  const { diffWithEngine } = await import('./engine/diff-with-engine.ts')
  await using shadow = await createShadowDatabase(connection, postgresSchema)
  const difference = await diffWithEngine({ ...shadow, postgresSchema, schemaFiles, directory, migrations })
  if (difference === null) return null
  const sql = collateIds(difference)

  const path = join(directory, name, 'migration.sql')
  await mkdir(join(directory, name), { recursive: true })
  await writeFile(path, sql)
  await writeFile(join(directory, lockFile.path), lockFile.content)
  return { name, path, sql }
}

function checkedName(name: string): string {
  if (/^[a-z][a-z0-9_]*$/.test(name) && name.length <= 200) return name
  throw new MigrationError(
    'name',
    `"${name}" cannot name a migration: use small letters, digits and underscores, a letter first, such as "add_customer_tags".`,
  )
}

/** 2026-03-01T09:05:07Z as `20260301090507`. */
function timestamp(now: Date): string {
  return now.toISOString().replaceAll(/[-:T]/g, '').slice(0, 14)
}

/** A name before an existing one would be applied before it, on tables that are not there yet. */
function refuseOutOfOrder(name: string, migrations: readonly Migration[]): void {
  const last = migrations.at(-1)?.name
  if (last === undefined || name > last) return
  throw new MigrationError(
    'name',
    `The new migration ${name} would come before ${last}, which exists: is this machine's clock right?`,
  )
}
