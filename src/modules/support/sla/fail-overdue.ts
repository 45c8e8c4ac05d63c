import type { Records, Services } from '@trellis/sdk'
import { type Kysely, sql } from 'kysely'
import { breachesOf, type Times } from './standing.ts'
import { tellFailures } from './tell-failures.ts'

export interface FailOverdueOptions {
  /** In a transaction of its own. */
  readonly database: Kysely<unknown>
  readonly now: Date
  readonly timeline: Services['timeline']
}

/** Cases that are marked at once, at most. */
export const mostAtOnce = 500

/**
 * Marks cases whose clocks ran out while nobody wrote them, and tells of each once: several gateways may do so at the
 * same time, and leave one another's cases and those that somebody writes alone. What a case is read as does not
 * change by it, so it is no write of the case.
 *
 * @returns how many there were; when there were as many as are marked at once, there may be more
 */
export async function failOverdue({ database, now, timeline }: FailOverdueOptions): Promise<number> {
  const { rows } = await sql<Times & Pick<Records['Case'], 'id'>>`
    select id, "responseDueAt", "resolveDueAt", "firstRespondedAt", "pendingSince", "resolvedAt", "closedAt" from "Case"
    where "slaStatus" in ('FIRST_RESPONSE_DUE', 'ROLLING_RESPONSE_DUE') and "pendingSince" is null and "deletedAt" is null
      and ("resolveDueAt" < ${now} or ("firstRespondedAt" is null and "responseDueAt" < ${now}))
    order by id limit ${mostAtOnce} for no key update skip locked`.execute(database)
  if (rows.length === 0) return 0
  await sql`update "Case" set "slaStatus" = 'FAILED' where id = any(${rows.map(({ id }) => id)})`.execute(
    database,
  )
  await tellFailures(
    rows.map(times => ({ id: times.id, breaches: breachesOf(times, now) })),
    { author: { database: () => database, viewer: null }, timeline },
  )
  return rows.length
}
