import type { DataContext } from '@trellis/sdk'
import { type RawBuilder, sql } from 'kysely'

const stampOf = ({ now, viewer }: DataContext): RawBuilder<unknown> =>
  sql`"updatedAt" = ${now()}, "updatedById" = ${viewer.id}, source = null, version = version + 1`

/** Hangs a lead's notes or files, each of which hangs on one record only, on another one; answers which they are. */
export async function moveTo(
  targetId: string,
  table: 'Attachment' | 'Note',
  leadId: string,
  context: DataContext,
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    update ${sql.table(table)} set "targetId" = ${targetId}, ${stampOf(context)}
    where "targetId" = ${leadId} and "deletedAt" is null returning id`.execute(context.database())
  return rows.map(({ id }) => id)
}

/** Has a contact take part where a lead did, unless it takes part already; answers in which places. */
export async function takePart(
  contactId: string,
  leadId: string,
  context: DataContext,
): Promise<readonly string[]> {
  const { rows } = await sql<{ id: string }>`
    update "ActivityAttendee" as attendee set "leadId" = null, "contactId" = ${contactId}, ${stampOf(context)}
    where "leadId" = ${leadId} and "deletedAt" is null and not exists (
      select from "ActivityAttendee" as other
      where other."activityId" = attendee."activityId" and other."contactId" = ${contactId} and other."deletedAt" is null)
    returning id`.execute(context.database())
  return rows.map(({ id }) => id)
}
