import { type Kysely, sql } from 'kysely'

/** Rows that one statement removes at most: a second, and few locks at a time. */
const batchSize = 10_000

/** How long an event that could not be delivered stays to be looked at. */
const failedDays = 30

/**
 * Removes what everybody has heard and is older than that; what somebody is still to hear stays. An extension
 * that nobody has seen for as long is forgotten, with what waited for it.
 */
export async function pruneEvents(database: Kysely<unknown>, retentionDays: number): Promise<void> {
  await sql`
    with gone as (
      delete from "EventConsumer" where "seenAt" < now() - ${retentionDays}::int * interval '1 day' returning extension)
    delete from "EventDelivery" as delivery
    where delivery.extension in (select extension from gone) or delivery."failedAt" < now() - ${failedDays}::int * interval '1 day'`.execute(
    database,
  )
  while ((await pruneBatch(database, retentionDays)) === batchSize);
}

async function pruneBatch(database: Kysely<unknown>, retentionDays: number): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    with old as (
      select id from "OutboxEvent" as event
      where "createdAt" < now() - ${retentionDays}::int * interval '1 day'
        and ("isRelayed" or not exists (select from "EventConsumer"))
        and not exists (select from "EventDelivery" where "eventId" = event.id)
      order by "createdAt" limit ${batchSize}::int
    ), removed as (delete from "OutboxEvent" where id in (select id from old) returning id)
    select count(*)::int as count from removed`.execute(database)
  return rows[0]?.count ?? 0
}
