import type { Prisma } from '../../src/generated/prisma/client.ts'
import { approvalRow, makeApprovalRules, needsApproval } from './approvals.ts'
import type { Dossier } from './deletions.ts'
import { makeOrder, orderLineRows, orderRow } from './orders.ts'
import { makeQuote, quoteLineRows, quoteRow } from './quotes.ts'
import type { Random } from './random.ts'
import { makeSalesTargets } from './sales-targets.ts'
import type { Staff } from './staff.ts'

/** What was offered and ordered, approved and planned: rows by table. */
export interface OrderBook {
  readonly Quote: readonly Prisma.QuoteCreateManyInput[]
  readonly QuoteLine: readonly Prisma.QuoteLineCreateManyInput[]
  readonly Order: readonly Prisma.OrderCreateManyInput[]
  readonly OrderLine: readonly Prisma.OrderLineCreateManyInput[]
  readonly ApprovalRule: readonly Prisma.ApprovalRuleCreateManyInput[]
  readonly Approval: readonly Prisma.ApprovalCreateManyInput[]
  readonly SalesTarget: readonly Prisma.SalesTargetCreateManyInput[]
}

/** Its tables, those first that others refer to. */
export const orderBookTables = [
  'Quote',
  'QuoteLine',
  'Order',
  'OrderLine',
  'ApprovalRule',
  'Approval',
  'SalesTarget',
] as const satisfies readonly (keyof OrderBook)[]

export interface OrderBookOptions {
  readonly random: Random
  readonly now: Date
  readonly administratorId: string
  readonly staff: Staff
  readonly dossiers: readonly Dossier[]
  /** Ids of what somebody has deleted. */
  readonly deleted: ReadonlySet<string>
}

const byAge = <Made extends { readonly createdAt: Date; readonly id: string }>(made: readonly Made[]) =>
  made.toSorted(
    (one, other) => one.createdAt.getTime() - other.createdAt.getTime() || (one.id < other.id ? -1 : 1),
  )

/** Makes a quote of every proposal, and an order of every sale. */
export function makeOrderBook(options: OrderBookOptions): OrderBook {
  const { random, now, administratorId, staff, dossiers, deleted } = options
  const quotes = byAge(
    dossiers.flatMap(({ opportunities, contacts }) =>
      opportunities.flatMap(opportunity =>
        deleted.has(opportunity.id) ? [] : (makeQuote(opportunity, contacts, now) ?? []),
      ),
    ),
  )
  const orders = byAge(quotes.flatMap(quote => makeOrder(quote, now) ?? []))
  const rules = makeApprovalRules(random.fork('rules'), now, administratorId)
  const managerOf = new Map(
    [...staff.users, ...staff.appointments].map(({ id, managerId }) => [id, managerId ?? null]),
  )
  const approvals = new Map(
    orders.map(order => [order.id, approvalRow(order, { rules, managerOf, administratorId, now })]),
  )
  return {
    Quote: quotes.map((quote, index) => quoteRow(quote, index + 1)),
    QuoteLine: quotes.flatMap(quoteLineRows),
    Order: orders.map((order, index) => {
      const waiting = needsApproval(order) ? 'PENDING' : null
      return orderRow(order, index + 1, approvals.get(order.id)?.status ?? waiting)
    }),
    OrderLine: orders.flatMap(orderLineRows),
    ApprovalRule: rules,
    Approval: [...approvals.values()].filter(approval => approval !== null),
    SalesTarget: makeSalesTargets({
      random: random.fork('targets'),
      ...{ now, administratorId },
      sellers: staff.sellers,
      opportunities: dossiers.flatMap(({ opportunities }) => opportunities),
    }),
  }
}
