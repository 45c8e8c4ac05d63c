import type { DataContext } from '@trellis/sdk'
import { sql } from 'kysely'
import type { DocumentKind } from '../orders/document-kind.ts'
import { applicableRule } from './rule.ts'

/**
 * The documents among these that a rule asks to be approved and that are not: by id, the rule's name. An approval
 * counts for the rule that it was asked for by, and for the total that it was asked for.
 */
export async function findUnapproved(
  kind: Pick<DocumentKind, 'entity' | 'subject'>,
  ids: readonly string[],
  context: DataContext,
): Promise<ReadonlyMap<string, string>> {
  if (ids.length === 0) return new Map()
  const { rows } = await sql<{ id: string; name: string }>`
    select document.id, rule.name from ${sql.table(kind.entity)} as document
    join lateral (${applicableRule(kind)}) as rule on true
    where document.id = any(${ids}) and not exists (
      select from "Approval" as approval
      where approval."targetId" = document.id and approval."ruleId" = rule.id and approval.status = 'APPROVED'
        and approval.amount = document.total and approval.currency = document.currency and approval."deletedAt" is null
    )`.execute(context.database())
  return new Map(rows.map(({ id, name }) => [id, name]))
}
