import type { DataContext, Records } from '@trellis/sdk'
import { sql } from 'kysely'
import type { ApprovalTarget } from './targets.ts'

type Standing = 'PENDING' | 'APPROVED'
type Row = Pick<Records['Approval'], 'targetId' | 'ruleId'> & { readonly status: Standing }

/** Approvals that stand already, by target: one that is not decided, or that is good for the rule that asks now. */
export async function findStanding(
  targets: ReadonlyMap<string, ApprovalTarget>,
  context: DataContext,
): Promise<ReadonlyMap<string, Standing>> {
  if (targets.size === 0) return new Map()
  const { rows } = await sql<Row>`
    select "targetId", "ruleId", status from "Approval"
    where "targetId" = any(${[...targets.keys()]}) and "deletedAt" is null and status in ('PENDING', 'APPROVED')`.execute(
    context.database(),
  )
  const isGood = ({ status, ruleId, targetId }: Row): boolean =>
    status === 'PENDING' || ruleId === (targets.get(targetId)?.ruleId ?? null)
  return new Map(rows.filter(isGood).map(({ targetId, status }) => [targetId, status]))
}
