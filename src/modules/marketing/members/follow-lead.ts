import type { DataContext } from '@trellis/sdk'
import { sql } from 'kysely'
import { leaveWord, wordsOf } from '../../../lib/outbox.ts'
import type { ConvertedLead } from './lead-conversion.ts'

interface Followed {
  readonly id: string
  /** Whether the campaign addressed the contact already, so that the membership of the lead goes; `null` for that of the contact. */
  readonly isDoubled: boolean | null
}

/**
 * Hands a lead's memberships to the contact that it became, with status CONVERTED; where the contact is a member
 * already, its membership gets that status and the lead's is deleted. Who opted out stays so. One statement, and
 * one for the outbox.
 */
export async function followLead(
  { leadId, contactId }: ConvertedLead,
  context: DataContext,
): Promise<number> {
  const database = context.database()
  const now = sql`${context.now()}::timestamptz`
  const stamp = sql`"updatedAt" = ${now}, "updatedById" = ${context.viewer.id}, source = null, version = member.version + 1`
  const { rows } = await sql<Followed>`
    with mine as (
      select id, "campaignId", status, "respondedAt" from "CampaignMember"
      where "leadId" = ${leadId} and "deletedAt" is null
    ), met as (
      update "CampaignMember" as member
      set status = case when 'OPTED_OUT' in (member.status, mine.status) then 'OPTED_OUT' else 'CONVERTED' end::"CampaignMemberStatus",
        "respondedAt" = coalesce(least(member."respondedAt", mine."respondedAt"), case when 'OPTED_OUT' in (member.status, mine.status) then null else ${now} end),
        ${stamp}
      from mine
      where member."campaignId" = mine."campaignId" and member."contactId" = ${contactId} and member."deletedAt" is null
      returning member.id, member."campaignId"
    ), moved as (
      update "CampaignMember" as member
      set "leadId" = case when ${contactId}::text is null or met.id is not null then member."leadId" end,
        "contactId" = case when met.id is null then ${contactId}::text end,
        status = case when met.id is not null or mine.status = 'OPTED_OUT' then mine.status else 'CONVERTED' end,
        "respondedAt" = case when met.id is not null or mine.status = 'OPTED_OUT' then mine."respondedAt" else coalesce(mine."respondedAt", ${now}) end,
        "deletedAt" = case when met.id is not null then ${now} end,
        ${stamp}
      from mine left join met on met."campaignId" = mine."campaignId"
      where member.id = mine.id
      returning member.id, met.id is not null as "isDoubled"
    )
    select id, "isDoubled" from moved union all select id, null from met`.execute(database)
  const idsOf = (isDoubled: Followed['isDoubled']): readonly string[] =>
    rows.filter(row => row.isDoubled === isDoubled).map(({ id }) => id)
  await leaveWord(
    [
      ...wordsOf('campaignMember.deleted', idsOf(true), ['deletedAt']),
      ...wordsOf('campaignMember.updated', idsOf(false), ['contactId', 'leadId', 'respondedAt', 'status']),
      ...wordsOf('campaignMember.updated', idsOf(null), ['respondedAt', 'status']),
    ],
    context,
  )
  return rows.filter(({ isDoubled }) => isDoubled !== null).length
}
