import { randomUUID } from 'node:crypto'
import type { ConnectionParts } from '../connection.ts'
import { ensurePostgresSchema } from './ensure-postgres-schema.ts'
import { errorReason } from './error-reason.ts'
import { MigrationError } from './migration-error.ts'
import { openSession } from './open-session.ts'

/** An empty database beside the given one, gone at the end of its block. */
export interface ShadowDatabase extends AsyncDisposable {
  readonly connection: ConnectionParts
}

/**
 * Makes a database with nothing in it but the PostgreSQL schema. Whoever compares gets this
 * connection only, so no mistake of the engine or its adapter can reach the one that was named.
 */
export async function createShadowDatabase(
  connection: ConnectionParts,
  postgresSchema: string,
): Promise<ShadowDatabase> {
  await using closing = new AsyncDisposableStack()
  const owner = closing.use(await openSession(connection))
  const database = `trellis_shadow_${process.pid}_${randomUUID().slice(0, 8)}`
  await owner.client.query(`create database ${database} template template0`).catch((cause: unknown) => {
    throw new MigrationError(
      'shadow',
      `Writing a migration needs an empty database for a moment, and ${connection.user} cannot make one at ` +
        `${connection.host}:${connection.port}: ${errorReason(cause)}. Use a user with CREATEDB, or unset DATABASE_URL to work on the embedded server.`,
      { cause },
    )
  })
  closing.defer(async () => {
    await owner.client.query(`drop database ${database} with (force)`)
  })
  const shadow = { ...connection, database }
  await using session = await openSession(shadow)
  await ensurePostgresSchema(session.client, postgresSchema)
  const resources = closing.move()
  return { connection: shadow, [Symbol.asyncDispose]: () => resources.disposeAsync() }
}
