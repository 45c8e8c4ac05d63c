import type { Resolution } from './engine/resolve-with-engine.ts'
import { readMigrations } from './migration-folder.ts'
import { lockMigrations } from './migration-lock.ts'
import type { MigrationLog } from './migration-log.ts'
import { checkedPostgresSchema, type ModelledTarget } from './migration-target.ts'
import { openSession } from './open-session.ts'
import { readPrismaSchema } from './prisma-schema.ts'

export interface ResolveMigrationOptions extends ModelledTarget {
  /** The failed migration's full name. */
  readonly name: string
  readonly resolution: Resolution
  readonly log: MigrationLog
}

/** Notes in the history how a failed migration ended, as `prisma migrate resolve` does; runs no script. */
export async function resolveMigration(options: ResolveMigrationOptions): Promise<void> {
  const { connection, directory, schemaDirectory, name, resolution, log } = options
  const postgresSchema = checkedPostgresSchema(options.postgresSchema)
  const migrations = await readMigrations(directory)
  const schemaFiles = await readPrismaSchema(schemaDirectory)
  await using session = await openSession(connection)
  await lockMigrations(session.client, log)
  const { resolveWithEngine } = await import('./engine/resolve-with-engine.ts')
  await resolveWithEngine(
    { connection, postgresSchema, schemaFiles, directory, migrations },
    name,
    resolution,
  )
}
