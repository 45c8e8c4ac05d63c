import { type Kysely, sql } from 'kysely'

/**
 * Removes what the core keeps of an extension that is gone for good: its values, what waits for it, and how its
 * jobs went. Its own tables are its PostgreSQL schema's.
 */
export async function purgeExtension(database: Kysely<unknown>, extension: string): Promise<void> {
  await sql`
    with consumers as (delete from "EventConsumer" where extension = ${extension}),
      deliveries as (delete from "EventDelivery" where extension = ${extension}),
      jobs as (delete from "ExtensionJob" where extension = ${extension})
    delete from "ExtensionValue" where extension = ${extension}`.execute(database)
}
