import type { DataContext } from '@trellis/sdk'
import { sql } from 'kysely'

/**
 * Holds calendars until the transaction ends: their hours and holidays, and whether they are relied on, change one
 * write after the other. In the order of their ids, so that two bulks wait for each other.
 */
export async function holdCalendars(ids: readonly string[], context: DataContext): Promise<void> {
  await sql`
    select from "BusinessCalendar" where id = any(${[...new Set(ids)]}) order by id for no key update`.execute(
    context.database(),
  )
}
