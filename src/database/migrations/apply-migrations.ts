import { compareHistory, isCurrent } from './compare-history.ts'
import { ensurePostgresSchema } from './ensure-postgres-schema.ts'
import { errorReason } from './error-reason.ts'
import { MigrationError } from './migration-error.ts'
import { readMigrations } from './migration-folder.ts'
import { readHistory } from './migration-history.ts'
import { lockMigrations } from './migration-lock.ts'
import type { MigrationLog } from './migration-log.ts'
import { checkedPostgresSchema, type ModelledTarget } from './migration-target.ts'
import { openSession } from './open-session.ts'
import { readPrismaSchema } from './prisma-schema.ts'
import { refuseBrokenHistory } from './refuse-broken-history.ts'

export interface ApplyMigrationsOptions extends ModelledTarget {
  readonly log: MigrationLog
  /** Whether all that is pending is applied in one transaction, so that a failure leaves everything as it was. @default false */
  readonly allOrNone?: boolean | undefined
  /** Whether tables that a newer version has made are put up with, where nothing else is amiss. @default false */
  readonly acceptsNewer?: boolean | undefined
}

/**
 * Applies what is pending and returns the names. Safe to call from several processes at once: one
 * applies, the others wait and find nothing to do. With nothing pending it costs one query.
 * @throws MigrationError when the history is not one that the folder leads to, or a script fails
 */
export async function applyMigrations(options: ApplyMigrationsOptions): Promise<readonly string[]> {
  const { connection, directory, schemaDirectory, log, allOrNone, acceptsNewer = false } = options
  const postgresSchema = checkedPostgresSchema(options.postgresSchema)
  const migrations = await readMigrations(directory)
  await using session = await openSession(connection)
  const readStatus = async () => compareHistory(migrations, await readHistory(session.client, postgresSchema))

  const found = await readStatus()
  if (isCurrent(acceptsNewer ? { ...found, unknown: [] } : found)) return []
  await lockMigrations(session.client, log)
  // Read again: what looked pending or failed may have been another process at work.
  const status = await readStatus()
  refuseBrokenHistory(status, postgresSchema)
  if (status.pending.length === 0) return []

  const schemaFiles = await readPrismaSchema(schemaDirectory)
  await ensurePostgresSchema(session.client, postgresSchema)
  const started = performance.now()
  // Imported here, since its megabytes of WebAssembly are needed by no start without pending migrations.
  const { applyWithEngine } = await import('./engine/apply-with-engine.ts')
  try {
    const applied = await applyWithEngine({
      connection,
      postgresSchema,
      schemaFiles,
      directory,
      migrations,
      allOrNone,
    })
    log.info(
      { applied, postgresSchema, milliseconds: Math.round(performance.now() - started) },
      'migrations applied',
    )
    return applied
  } catch (cause) {
    if (allOrNone)
      throw new MigrationError(
        'failed',
        `The migrations ${status.pending.join(', ')} of PostgreSQL schema "${postgresSchema}" were taken back, all of them: ${errorReason(cause)}`,
        { cause },
      )
    // A script that failed is in the history by now, with PostgreSQL's answer.
    refuseBrokenHistory(await readStatus(), postgresSchema, cause)
    throw cause
  }
}
