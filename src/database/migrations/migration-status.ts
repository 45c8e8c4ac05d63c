import { compareHistory, type MigrationStatus } from './compare-history.ts'
import { readMigrations } from './migration-folder.ts'
import { readHistory } from './migration-history.ts'
import { checkedPostgresSchema, type MigrationTarget } from './migration-target.ts'
import { openSession } from './open-session.ts'

/** Where the database stands against the folder. Changes nothing. */
export async function migrationStatus(target: MigrationTarget): Promise<MigrationStatus> {
  const postgresSchema = checkedPostgresSchema(target.postgresSchema)
  const migrations = await readMigrations(target.directory)
  await using session = await openSession(target.connection)
  return compareHistory(migrations, await readHistory(session.client, postgresSchema))
}
