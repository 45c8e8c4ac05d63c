import type { Prisma } from '../../src/generated/prisma/client.ts'
import type { ApprovalStatus, OrderStatus } from '../../src/generated/prisma/enums.ts'
import { amountColumns, tenThousandths, totalsOf } from './amounts.ts'
import { addDays, daysBetween } from './calendar.ts'
import { identify } from './identifiers.ts'
import { lineColumns, type Quote } from './quotes.ts'

/** What was ordered by an accepted quote. */
export interface Order {
  readonly id: string
  readonly quote: Quote
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly status: OrderStatus
  readonly version: number
  /** In ten-thousandths. */
  readonly total: number
}

/** How far an order is so many days after it came in. */
const progress: readonly { readonly status: OrderStatus; readonly days: number }[] = [
  { status: 'PENDING', days: 0 },
  { status: 'CONFIRMED', days: 3 },
  { status: 'PROCESSING', days: 6 },
  { status: 'SHIPPED', days: 12 },
  { status: 'DELIVERED', days: 20 },
  { status: 'COMPLETED', days: 45 },
]

/** The order by a quote; none where it was not accepted. */
export function makeOrder(quote: Quote, now: Date): Order | null {
  const { opportunity, status, lines, extraDiscount } = quote
  const createdAt = opportunity.closedAt
  if (status !== 'ACCEPTED' || !createdAt) return null
  const random = opportunity.random.fork('order')
  const steps = progress.filter(({ days }) => days < daysBetween(createdAt, now) || days === 0)
  const last = steps.at(-1) ?? { status: 'PENDING', days: 0 }
  // Few are called off before they are sent, and few sent back.
  const odd =
    last.status === 'COMPLETED' && random.chance(0.05) ? random.pick(['CANCELED', 'RETURNED'] as const) : null
  return {
    id: identify('ord', createdAt, random),
    quote,
    createdAt,
    updatedAt: addDays(createdAt, odd === 'CANCELED' ? 8 : last.days),
    status: odd ?? last.status,
    version: odd === 'CANCELED' ? 4 : steps.length,
    total: totalsOf(lines, extraDiscount).total,
  }
}

/** @param place among all orders, from 1: what its number is made of */
export function orderRow(
  order: Order,
  place: number,
  approvalStatus: ApprovalStatus | null,
): Prisma.OrderCreateManyInput {
  const { id, quote, createdAt, updatedAt, status, version } = order
  const { opportunity, contactId, extraDiscount, lines } = quote
  const { owner, company, name } = opportunity
  return {
    ...{ id, createdAt, updatedAt, status, version, approvalStatus, contactId, name },
    createdById: owner.id,
    updatedById: owner.id,
    ownerId: owner.id,
    teamId: owner.teamId,
    number: `O-${String(place).padStart(6, '0')}`,
    customerId: company.id,
    quoteId: quote.id,
    opportunityId: opportunity.id,
    orderedAt: createdAt,
    currency: company.country.currency,
    extraDiscount: tenThousandths(extraDiscount),
    ...amountColumns(totalsOf(lines, extraDiscount)),
    shippingCity: company.place.city,
    shippingState: company.place.state,
    shippingCountry: company.country.name,
  }
}

export function orderLineRows({ id, quote, createdAt }: Order): readonly Prisma.OrderLineCreateManyInput[] {
  const { owner, company, random: parts } = quote.opportunity
  const random = parts.fork('order lines')
  return quote.lines.map((line, index) => ({
    id: identify('orl', createdAt, random, index),
    ...{ createdAt, updatedAt: createdAt, createdById: owner.id, updatedById: owner.id, orderId: id },
    ...lineColumns(line, index, company.country.currency),
  }))
}
