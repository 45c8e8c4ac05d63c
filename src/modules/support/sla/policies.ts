import type { DataContext, Records } from '@trellis/sdk'
import { sql } from 'kysely'
import { aroundTheClock, type BusinessClock } from '../../../lib/business-time/business-clock.ts'
import { readClocks } from '../calendars/read-clocks.ts'

/** What a policy promises, and the clock that it is counted by. */
export interface Policy
  extends Pick<Records['SlaPolicy'], 'id' | 'name' | 'responseMinutes' | 'resolveMinutes'> {
  readonly clock: BusinessClock
}

/** The policies with these ids, deleted ones included: what was promised holds. Two statements, however many. */
export async function readPolicies(
  ids: readonly string[],
  context: DataContext,
): Promise<ReadonlyMap<string, Policy>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<Omit<Policy, 'clock'> & { readonly calendarId: string | null }>`
    select id, name, "responseMinutes", "resolveMinutes", "calendarId"
    from "SlaPolicy" where id = any(${[...new Set(ids)]})`.execute(context.database())
  const clocks = await readClocks(
    rows.flatMap(({ calendarId }) => calendarId ?? []),
    context,
  )
  return new Map(
    rows.map(({ calendarId, ...policy }) => [
      policy.id,
      { ...policy, clock: (calendarId && clocks.get(calendarId)) || aroundTheClock },
    ]),
  )
}
