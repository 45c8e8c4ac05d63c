import { sql } from 'kysely'
import { bootstrapUsers } from '../../src/database/bootstrap-users.ts'
import type { Session } from '../../src/database/database.ts'

/**
 * Whether nobody has put anything into the database yet, deleted records included: the bootstrap users and
 * the default pipeline do not count.
 */
export async function isUntouched({ sql: database }: Session): Promise<boolean> {
  const emails = Object.values(bootstrapUsers).map(({ email }) => email)
  const { rows } = await sql<{ untouched: boolean }>`
    select not (
      exists (select from "User" where email <> all(${emails}))
      or exists (select from "Team")
      or exists (select from "Customer")
      or exists (select from "Contact")
      or exists (select from "Product")
      or exists (select from "Opportunity")
      or exists (select from "BusinessCalendar")
      or exists (select from "SlaPolicy")
      or exists (select from "ExternalReference")
      or exists (select from "Tag")
    ) as untouched`.execute(database)
  return rows[0]?.untouched === true
}
