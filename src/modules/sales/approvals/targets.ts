import type { DataContext } from '@trellis/sdk'
import { sql } from 'kysely'
import { prefixOf } from '../../../lib/type-id.ts'
import { type DocumentKind, orders, quotes } from '../orders/document-kind.ts'
import { applicableRule } from './rule.ts'

/** An order or a quote that somebody is asked about. */
export interface ApprovalTarget {
  readonly kind: DocumentKind
  readonly id: string
  readonly number: string
  readonly status: string
  readonly total: string
  readonly currency: string
  readonly deletedAt: Date | null
  readonly ruleId: string | null
  readonly ruleName: string | null
  /** Whom the rule names. */
  readonly approverId: string | null
}

const prefixes = { ord: orders, quo: quotes } as const

/** The kind of document that an id is of; `null` for what needs no approval. */
export function kindOfTarget(id: string): DocumentKind | null {
  const prefix = prefixOf(id)
  return prefix === 'ord' || prefix === 'quo' ? prefixes[prefix] : null
}

/** The documents that approvals are about, each with the rule that asks for one, held: their amounts stay as they are. */
export async function holdTargets(
  ids: readonly string[],
  context: DataContext,
): Promise<ReadonlyMap<string, ApprovalTarget>> {
  const found = new Map<string, ApprovalTarget>()
  for (const kind of [orders, quotes]) {
    const own = [...new Set(ids)].filter(id => kindOfTarget(id) === kind)
    if (own.length === 0) continue
    const { rows } = await sql<Omit<ApprovalTarget, 'kind'>>`
      select document.id, document.number, document.status, document.total, document.currency, document."deletedAt",
        rule.id as "ruleId", rule.name as "ruleName", rule."approverId"
      from ${sql.table(kind.entity)} as document left join lateral (${applicableRule(kind)}) as rule on true
      where document.id = any(${own}) order by document.id for no key update of document`.execute(
      context.database(),
    )
    for (const row of rows) found.set(row.id, { ...row, kind })
  }
  return found
}
