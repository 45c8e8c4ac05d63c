import { type Kysely, sql } from 'kysely'

/** Events at most that are relayed at once: some 30 ms of one transaction. */
const batchSize = 1000

/**
 * Relays what was left in the outbox to everybody who listens, in the order of its positions. One at a time,
 * whichever replica: a record's events have positions in their order, and each is committed before the next
 * one is written, so that whoever sees the later one sees the earlier one, too.
 */
export async function relayEvents(database: Kysely<unknown>): Promise<void> {
  while ((await relayBatch(database)) === batchSize);
}

const relayBatch = (database: Kysely<unknown>): Promise<number> =>
  database.transaction().execute(async transaction => {
    // A statement of its own: the next one has to see what the one before us has committed.
    await sql`select pg_advisory_xact_lock(hashtextextended('OutboxEvent', 0))`.execute(transaction)
    const { rows } = await sql<{ count: number }>`
      with batch as (
        select id, position, type, "entityId" from "OutboxEvent"
        where not "isRelayed" order by position limit ${batchSize}::int
      ), relayed as (
        update "OutboxEvent" set "isRelayed" = true where id in (select id from batch)
      ), made as (
        insert into "EventDelivery" (extension, position, "eventId", "entityId", type)
        select consumer.extension, batch.position, batch.id, batch."entityId", batch.type
        from batch join "EventConsumer" as consumer
          on batch.type = any(consumer.types) and batch.position > consumer.after
      )
      select count(*)::int as count from batch`.execute(transaction)
    return rows[0]?.count ?? 0
  })
