import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import type { Config } from '../../../../config/index.ts'
import type { ConnectionParts } from '../../../../database/connection.ts'
import type { Database } from '../../../../database/database.ts'
import { extensionPostgresSchema } from '../../../../database/migrations/index.ts'
import { purgeExtension } from '../../../../store/index.ts'
import { withDatabase } from './with-database.ts'

export interface KeptOptions {
  readonly connection: ConnectionParts
  readonly name: string
}

export interface PurgeOptions extends KeptOptions {
  readonly config: Pick<Config, 'files'>
  /** Where commands install extensions. */
  readonly folder: string
}

/** What is kept of an extension. */
export interface Kept {
  readonly tables: readonly string[]
  readonly values: number
  readonly hasDecision: boolean
  /** Whether the name is that of a service that was added while the gateway ran. */
  readonly isRemote: boolean
}

/** What a purge would remove. */
export const keptOf = ({ connection, name }: KeptOptions): Promise<Kept> =>
  withDatabase(connection, async database => {
    const schema = extensionPostgresSchema(name)
    const { rows } = await sql<Kept>`
      select
        array(
          select tablename::text from pg_tables
          where schemaname = ${schema} and tablename <> '_prisma_migrations' order by 1
        ) as tables,
        (select count(*)::int from "ExtensionValue" where extension = ${name}) as values,
        exists (select from "Extension" where name = ${name} and revision > 0) as "hasDecision",
        exists (select from "Extension" where name = ${name} and remote is not null) as "isRemote"`.execute(
      database,
    )
    return rows[0] ?? { tables: [], values: 0, hasDecision: false, isRemote: false }
  })

/** Removes for good what an extension that serves no more has left: tables, values, settings, secrets, what waits for it, files, and its versions on the disk. */
export async function purge({ connection, config, folder, name }: PurgeOptions): Promise<void> {
  const schema = extensionPostgresSchema(name)
  await withDatabase(connection, database =>
    database.transaction().execute(async transaction => {
      await sql`drop schema if exists ${sql.id(schema)} cascade`.execute(transaction)
      await purgeExtension(transaction, name)
      // The row stays: replicas see by the sum of all revisions that something was decided. That no version has served makes
      // it a new one where it is installed again.
      await sql`
        update "Extension"
        set enabled = true, settings = '{}', secrets = '{}', revision = revision + 1, "servedVersion" = null
        where name = ${name}`.execute(transaction)
      const { rows } = await sql<{ hasJobs: boolean }>`
        select to_regclass('pgboss.queue') is not null as "hasJobs"`.execute(transaction)
      if (rows[0]?.hasJobs) await purgeJobs(transaction, name)
    }),
  )
  for (const left of [join(config.files.directory, schema), join(folder, name)])
    await rm(left, { recursive: true, force: true })
}

/** Queues are named `<extension>/<job>`; pg-boss's own function knows what hangs on one. */
async function purgeJobs(database: Database['session']['sql'], name: string): Promise<void> {
  await sql`delete from pgboss.schedule where split_part(name, '/', 1) = ${name}`.execute(database)
  await sql`
    select pgboss.delete_queue(name) from (
      select name from pgboss.queue where split_part(name, '/', 1) = ${name} order by name
    ) as queue`.execute(database)
}
