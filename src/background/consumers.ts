import { type Kysely, sql } from 'kysely'

/** How long a type is kept that no version of an extension that runs listens to: upgrades and rollbacks are over by then. */
const keptHours = 24

export interface Consumer {
  readonly extension: string
  readonly types: readonly string[]
}

/**
 * Notes who listens to what, and that they do now. What happened before an extension was first there is not for it.
 * What other versions of it listen to stays: one of them may run beside this one, or run again.
 */
export async function registerConsumers(
  database: Kysely<unknown>,
  consumers: readonly Consumer[],
): Promise<void> {
  await sql`
    with given as (
      select extension, array(select jsonb_array_elements_text(types)) as types
      from jsonb_to_recordset(${JSON.stringify(consumers)}::jsonb) as given(extension text, types jsonb)
    )
    insert into "EventConsumer" as consumer (extension, types, "typesSeenAt", after)
    select extension, types, (select coalesce(jsonb_object_agg(type, now()), '{}') from unnest(types) as type),
      (select case when is_called then last_value else 0 end from "OutboxEvent_position_seq")
    from given
    on conflict (extension) do update
    set "seenAt" = now(),
      types = array(select unnest(consumer.types) union select unnest(excluded.types) order by 1),
      -- What a Trellis wrote that knew no such times counts from now on.
      "typesSeenAt" = (select coalesce(jsonb_object_agg(type, now()), '{}') from unnest(consumer.types) as type)
        || consumer."typesSeenAt" || excluded."typesSeenAt"`.execute(database)
}

/** Notes that these extensions are still installed, though they may not run at present: what waits for them goes on waiting. */
export async function consumersSeen(database: Kysely<unknown>, extensions: readonly string[]): Promise<void> {
  await sql`update "EventConsumer" set "seenAt" = now() where extension = any(${extensions})`.execute(
    database,
  )
}

/** Forgets the types that none of these extensions, which run here, has listened to for long, and what waited under them. */
export async function forgetTypes(database: Kysely<unknown>, running: readonly string[]): Promise<void> {
  await sql`
    with consumers as (
      update "EventConsumer"
      set types = array(
          select key from jsonb_each_text("typesSeenAt")
          where key = any(types) and value::timestamptz > now() - ${keptHours}::int * interval '1 hour'
          order by key),
        "typesSeenAt" = (
          select coalesce(jsonb_object_agg(key, value), '{}') from jsonb_each_text("typesSeenAt")
          where key = any(types) and value::timestamptz > now() - ${keptHours}::int * interval '1 hour')
      where extension = any(${running})
      returning extension, types
    )
    delete from "EventDelivery" as delivery using consumers
    where delivery.extension = consumers.extension and delivery.type <> all(consumers.types)`.execute(
    database,
  )
}
