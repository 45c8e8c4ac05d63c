import { type Kysely, sql } from 'kysely'
import type { Consumer } from './consumers.ts'

/** An event that is one extension's to hear. */
export interface Delivery {
  /** Text, since it is a bigint. */
  readonly position: string
  /** How often it was tried, this time included. */
  readonly attempt: number
  readonly id: string
  readonly type: string
  readonly entityId: string
  readonly viewerId: string | null
  readonly occurredAt: Date
  readonly payload: Readonly<Record<string, unknown>>
}

export interface ClaimOptions {
  readonly extension: string
  /** What this process has handlers for. */
  readonly types: readonly string[]
  readonly limit: number
  /** How long they are ours: then whoever claims takes us for dead. Milliseconds. */
  readonly leaseMs: number
}

/** Takes events that are due, of each record the oldest one only: the next one waits until that is heard. */
export async function claimDeliveries(
  database: Kysely<unknown>,
  { extension, types, limit, leaseMs }: ClaimOptions,
): Promise<readonly Delivery[]> {
  const { rows } = await sql<Delivery>`
    with due as (
      select extension, position from "EventDelivery" as delivery
      where extension = ${extension} and "failedAt" is null and "dueAt" <= now() and type = any(${types})
        and not exists (
          select from "EventDelivery" as earlier
          where earlier.extension = delivery.extension and earlier."entityId" = delivery."entityId"
            and earlier.position < delivery.position and earlier."failedAt" is null and earlier.type = any(${types}))
      order by position limit ${limit}::int for update skip locked
    ), claimed as (
      update "EventDelivery" as delivery
      set attempts = attempts + 1, "dueAt" = now() + ${leaseMs}::int * interval '1 millisecond'
      from due where delivery.extension = due.extension and delivery.position = due.position
      returning delivery.position, delivery.attempts, delivery."eventId"
    )
    select claimed.position::text, claimed.attempts as attempt, event.id, event.type, event."entityId", event."viewerId",
      event."createdAt" as "occurredAt", event.payload
    from claimed join "OutboxEvent" as event on event.id = claimed."eventId" order by claimed.position`.execute(
    database,
  )
  return rows
}

/** Who has what, and for which time: what was claimed again since is no longer ours to end. */
type Claim = Pick<Delivery, 'position' | 'attempt'> & { readonly extension: string }

export async function deliveryHeard(
  database: Kysely<unknown>,
  { extension, position, attempt }: Claim,
): Promise<void> {
  await sql`
    delete from "EventDelivery"
    where extension = ${extension} and position = ${position}::bigint and attempts = ${attempt}`.execute(
    database,
  )
}

/** Has it tried again after a delay, or never, when the delay is `null`. */
export async function deliveryFailed(
  database: Kysely<unknown>,
  { extension, position, attempt }: Claim,
  { error, delayMs }: { readonly error: string; readonly delayMs: number | null },
): Promise<void> {
  await sql`
    update "EventDelivery"
    set error = ${error}, "failedAt" = case when ${delayMs}::bigint is null then now() end,
      "dueAt" = now() + coalesce(${delayMs}::bigint, 0) * interval '1 millisecond'
    where extension = ${extension} and position = ${position}::bigint and attempts = ${attempt}`.execute(
    database,
  )
}

/** Gives it back as if it had not been tried: we are leaving. */
export async function deliveryReturned(
  database: Kysely<unknown>,
  { extension, position, attempt }: Claim,
): Promise<void> {
  await sql`
    update "EventDelivery" set attempts = attempts - 1, "dueAt" = now()
    where extension = ${extension} and position = ${position}::bigint and attempts = ${attempt}`.execute(
    database,
  )
}

export interface Pending {
  /** Whether there is something in the outbox that was not relayed. */
  readonly isToRelay: boolean
  /** Those of the consumers for whom something is due. */
  readonly due: readonly string[]
}

/** Whether there is anything to do for these, in one statement that reads two small indexes. */
export async function pendingEvents(
  database: Kysely<unknown>,
  consumers: readonly Consumer[],
): Promise<Pending> {
  const heard = consumers.flatMap(({ extension, types }) => types.map(type => ({ extension, type })))
  const { rows } = await sql<Pending>`
    select exists (select from "OutboxEvent" where not "isRelayed") as "isToRelay",
      array(
        select distinct extension from "EventDelivery"
        where "failedAt" is null and "dueAt" <= now() and (extension, type) in (
          select * from unnest(${heard.map(({ extension }) => extension)}::text[], ${heard.map(({ type }) => type)}::text[]))
      ) as due`.execute(database)
  return rows[0] ?? { isToRelay: false, due: [] }
}
