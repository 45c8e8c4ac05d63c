import type { Prisma } from '../../src/generated/prisma/client.ts'
import { tenThousandths } from './amounts.ts'
import { addDays } from './calendar.ts'
import { identify } from './identifiers.ts'
import type { Currency } from './money.ts'
import type { Order } from './orders.ts'
import type { Random } from './random.ts'
import { companyAgeInDays } from './staff.ts'

/** The total from which on an order has to be approved, in whole units, and what the rule is called. */
const thresholds: Readonly<Record<Currency, { readonly from: number; readonly name: string }>> = {
  USD: { from: 50_000, name: 'Orders from 50,000 dollars' },
  EUR: { from: 45_000, name: 'Orders from 45,000 euros' },
  CNY: { from: 350_000, name: 'Orders from 350,000 yuan' },
}

/** A rule for each currency; managers decide. */
export function makeApprovalRules(
  random: Random,
  now: Date,
  administratorId: string,
): readonly Prisma.ApprovalRuleCreateManyInput[] {
  const createdAt = addDays(now, -companyAgeInDays)
  return Object.entries(thresholds).map(([currency, { from, name }], index) => ({
    id: identify('apu', createdAt, random, index),
    ...{ createdAt, updatedAt: createdAt, createdById: administratorId, updatedById: administratorId },
    ...{ name, currency, appliesTo: 'ORDER', minimumTotal: tenThousandths(from * 10_000) },
  }))
}

export interface ApprovalsOptions {
  readonly rules: readonly Prisma.ApprovalRuleCreateManyInput[]
  /** Whom each user reports to. */
  readonly managerOf: ReadonlyMap<string, string | null>
  readonly administratorId: string
  readonly now: Date
}

/** The approval of an order; none where no rule asks for one, or its owner has not asked for it so far. */
export function approvalRow(
  order: Order,
  { rules, managerOf, administratorId, now }: ApprovalsOptions,
): Prisma.ApprovalCreateManyInput | null {
  const { owner, company, random } = order.quote.opportunity
  const { currency } = company.country
  const createdAt = addDays(order.createdAt, 1 / 24)
  const decidedAt = addDays(order.createdAt, 1 + 1 / 3)
  if (order.total < thresholds[currency].from * 10_000 || createdAt >= now) return null
  const isOpen = order.status === 'PENDING'
  const approverId = managerOf.get(owner.id) ?? null
  const decidedById = approverId ?? administratorId
  return {
    id: identify('apr', createdAt, random.fork('approval')),
    createdAt,
    createdById: owner.id,
    updatedAt: isOpen ? createdAt : decidedAt,
    updatedById: isOpen ? owner.id : decidedById,
    version: isOpen ? 1 : 2,
    targetId: order.id,
    status: isOpen ? 'PENDING' : 'APPROVED',
    ruleId: rules.find(rule => rule.currency === currency)?.id ?? null,
    amount: tenThousandths(order.total),
    ...{ currency, approverId },
    decidedById: isOpen ? null : decidedById,
    decidedAt: isOpen ? null : decidedAt,
  }
}

/** Whether a rule asks for an approval of an order. */
export const needsApproval = ({ total, quote }: Order): boolean =>
  total >= thresholds[quote.opportunity.company.country.currency].from * 10_000
