import { type DataContext } from '@trellis/sdk'
import { type RawBuilder, sql } from 'kysely'
import { leaveWord, wordsOf } from '../../../lib/outbox.ts'
import type { DocumentKind } from '../orders/document-kind.ts'
import { orders } from '../orders/document-kind.ts'
import { applicableRule } from './rule.ts'

/**
 * What the row `document` shows of its approvals: what became of the last one; where there is none, or it is void,
 * whether a rule asks for one.
 */
export const approvalStatusOf = (
  kind: Pick<DocumentKind, 'subject'>,
  total?: RawBuilder<unknown>,
): RawBuilder<unknown> => sql`(
  select case
    when rule.id is null and coalesce(latest.status, 'CANCELED') = 'CANCELED' then null
    else coalesce(latest.status, 'PENDING') end
  from (select) as document_itself
  left join lateral (${applicableRule(kind, total)}) as rule on true
  left join lateral (
    select approval.status from "Approval" as approval
    where approval."targetId" = document.id and approval."deletedAt" is null
    order by approval."createdAt" desc, approval.id desc limit 1
  ) as latest on true)`

/** Which orders: these, or all that may still have to be approved. */
export type Orders = readonly string[] | 'open'

export interface FollowOptions {
  readonly context: DataContext
  /** Whether it belongs to a write of the orders that was counted already. @default false */
  readonly isPartOfWrite?: boolean
}

/** Keeps `Order.approvalStatus` in step with approvals and rules, in one statement. */
export async function followApprovals(
  which: Orders,
  { context, isPartOfWrite = false }: FollowOptions,
): Promise<void> {
  if (which.length === 0) return
  const condition =
    which === 'open'
      ? sql`status = any(${orders.editable}::"OrderStatus"[]) and "deletedAt" is null`
      : sql`id = any(${which})`
  const { rows } = await sql<{ id: string }>`
    with held as (
      select id from "Order" where ${condition} order by id for no key update
    ), fresh as (
      select document.id, ${approvalStatusOf(orders)} as status from "Order" as document join held using (id)
    )
    update "Order" as document
    set "approvalStatus" = fresh.status, "updatedAt" = ${context.now()}, "updatedById" = ${context.viewer.id},
      version = document.version + ${isPartOfWrite ? 0 : 1}
    from fresh where document.id = fresh.id and document."approvalStatus" is distinct from fresh.status
    returning document.id`.execute(context.database())
  if (!isPartOfWrite)
    await leaveWord(
      wordsOf(
        'order.updated',
        rows.map(({ id }) => id),
        ['approvalStatus'],
      ),
      context,
    )
}
