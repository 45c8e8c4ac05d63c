import type { Change, Check, DataContext, Records, UserError } from '@trellis/sdk'
import { sql } from 'kysely'
import { checkDates } from '../../lib/date-order.ts'
import { recordRefusal } from '../../lib/refusal.ts'

type Campaign = Records['Campaign']

/** Refuses to delete what others are below of, unless they go with it. */
async function checkChildren(
  changes: readonly Change<Campaign>[],
  context: DataContext,
): Promise<readonly UserError[]> {
  const deleted = changes.filter(({ action }) => action === 'delete')
  if (deleted.length === 0) return []
  const ids = deleted.map(({ id }) => id)
  const { rows } = await sql<{ id: string; children: number }>`
    select "parentId" as id, count(*)::int as children from "Campaign"
    where "parentId" = any(${ids}) and "deletedAt" is null and id <> all(${ids}) group by "parentId"`.execute(
    context.database(),
  )
  const children = new Map(rows.map(row => [row.id, row.children]))
  return deleted.flatMap(change => {
    const count = children.get(change.id)
    if (count === undefined) return []
    const message = `The campaign "${change.before?.name ?? ''}" has ${count} below it; delete them, or put them elsewhere, first.`
    return [recordRefusal(change, 'IN_USE', message)]
  })
}

/** Refuses to bring back what is below a deleted one; those above are held, so that none is deleted meanwhile. */
async function checkParents(
  changes: readonly Change<Campaign>[],
  context: DataContext,
): Promise<readonly UserError[]> {
  const restored = changes.filter(({ action }) => action === 'restore')
  const parentIds = restored.flatMap(({ before }) => before?.parentId ?? [])
  if (parentIds.length === 0) return []
  const { rows } = await sql<{ id: string; name: string; deletedAt: Date | null }>`
    select id, name, "deletedAt" from "Campaign" where id = any(${parentIds}) order by id for key share`.execute(
    context.database(),
  )
  const comingBack = new Set(restored.map(({ id }) => id))
  const deleted = new Map(
    rows.flatMap(({ id, name, deletedAt }) => (deletedAt && !comingBack.has(id) ? [[id, name]] : [])),
  )
  return restored.flatMap(change => {
    const name = deleted.get(change.before?.parentId ?? '')
    if (name === undefined) return []
    const message = `The campaign "${name}" that ${change.id} is below is deleted; restore it first.`
    return [recordRefusal(change, 'DELETED', message)]
  })
}

/** Keeps campaigns sound: they end after they begin, and are neither deleted from above others nor restored below a deleted one. */
export const checkCampaigns: Check<Campaign> = async (changes, context) => [
  ...changes.flatMap(change => checkDates(change)),
  ...(await checkChildren(changes, context)),
  ...(await checkParents(changes, context)),
]
