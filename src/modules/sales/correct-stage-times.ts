import type { Change, Effect, Records } from '@trellis/sdk'
import { sql } from 'kysely'

type Opportunity = Records['Opportunity']

/** When the opportunity entered the stage it stays in, as far as the change says so anew. */
function correctedTime({ before, values, input }: Change<Opportunity>): Date | null {
  const stays = before !== null && (values.stageId === undefined || values.stageId === before.stageId)
  if (!stays) return null
  const entered = input['stageEnteredAt']
  if (entered instanceof Date) return entered
  const { closedAt } = values
  return closedAt && closedAt.getTime() !== before.closedAt?.getTime() ? closedAt : null
}

/**
 * Follows corrections of when a stage was entered: the visit that goes on begins then, and the one before
 * it ends then, though not before it began. So the history stays without gaps and agrees with `closedAt`.
 */
export const correctStageTimes: Effect<Opportunity> = async (changes, context) => {
  const given = changes.flatMap(change => {
    const at = correctedTime(change)
    return at ? [{ opportunityId: change.id, at }] : []
  })
  if (given.length === 0) return
  const now = context.now()
  const by = context.viewer.id
  await sql`
    with given as (
      select * from jsonb_to_recordset(${JSON.stringify(given)}::jsonb) as given("opportunityId" text, at timestamptz)
    ), present as (
      select visit.id, visit."opportunityId", visit."enteredAt" as was, given.at
      from "StageHistory" as visit join given using ("opportunityId") where visit."leftAt" is null
    ), earlier as (
      update "StageHistory" as visit
      set "leftAt" = greatest(present.at, visit."enteredAt"), "updatedAt" = ${now}, "updatedById" = ${by}, version = visit.version + 1
      from present
      where visit."opportunityId" = present."opportunityId" and visit."leftAt" = present.was and visit.id <> present.id
      returning visit."opportunityId", visit."leftAt"
    )
    update "StageHistory" as visit
    set "enteredAt" = coalesce((select max("leftAt") from earlier where earlier."opportunityId" = visit."opportunityId"), present.at),
      "updatedAt" = ${now}, "updatedById" = ${by}, version = visit.version + 1
    from present where visit.id = present.id`.execute(context.database())
}
