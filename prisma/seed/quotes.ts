import type { Prisma } from '../../src/generated/prisma/client.ts'
import type { QuoteStatus } from '../../src/generated/prisma/enums.ts'
import { amountColumns, type PricedLine, priceLine, tenThousandths, totalsOf } from './amounts.ts'
import { addDays, daysBetween, latest, startOfDay } from './calendar.ts'
import { identify } from './identifiers.ts'
import type { Currency } from './money.ts'
import type { Opportunity } from './opportunities.ts'

/** What an opportunity was offered, with what has become of it so far. */
export interface Quote {
  readonly id: string
  readonly opportunity: Opportunity
  /** The person it went to. */
  readonly contactId: string | null
  readonly createdAt: Date
  readonly updatedAt: Date
  readonly validUntil: Date
  readonly status: QuoteStatus
  readonly lines: readonly PricedLine[]
  /** In ten-thousandths. */
  readonly extraDiscount: number
}

/** Tax in percent where the sample's customers are; those who pay in dollars are sent none. */
const taxes: Readonly<Record<Currency, number>> = { USD: 0, EUR: 19, CNY: 13 }

const validForDays = 60

/** The quote that an opportunity got when it came to a proposal; none when it never did. */
export function makeQuote(
  opportunity: Opportunity,
  contacts: readonly Prisma.ContactCreateManyInput[],
  now: Date,
): Quote | null {
  const { visits, closedAt, isWon, company } = opportunity
  const createdAt = visits.find(({ stage }) => stage === 'PROPOSAL')?.enteredAt
  if (!createdAt) return null
  const random = opportunity.random.fork('quote')
  const validUntil = startOfDay(latest(addDays(createdAt, validForDays), closedAt ?? createdAt))
  const taxPercent = taxes[company.country.currency]
  const lines = opportunity.lines.map(line =>
    priceLine(
      line,
      random.pickWeighted([0, 3, 5], percent => 8 - percent),
      taxPercent,
    ),
  )
  const { subtotal } = totalsOf(lines, 0)
  // Whole units of the currency, where somebody has haggled.
  const extraDiscount = random.chance(0.25) ? Math.floor(subtotal / 1_000_000) * 10_000 : 0
  const decided = closedAt && (isWon ? 'ACCEPTED' : 'REJECTED')
  const open = addDays(validUntil, 1) < now ? 'EXPIRED' : daysBetween(createdAt, now) < 4 ? 'DRAFT' : 'SENT'
  const moments = { EXPIRED: addDays(validUntil, 1), DRAFT: createdAt, SENT: addDays(createdAt, 1) }
  return {
    id: identify('quo', createdAt, random),
    ...{ opportunity, createdAt, validUntil, lines, extraDiscount },
    contactId: contacts[0]?.id ?? null,
    updatedAt: closedAt ?? moments[open],
    status: decided ?? open,
  }
}

/** Writes since the draft: one for each state that it went through. */
const versions: Partial<Readonly<Record<QuoteStatus, number>>> = {
  DRAFT: 1,
  SENT: 2,
  EXPIRED: 3,
  ACCEPTED: 3,
  REJECTED: 3,
}

/** @param place among all quotes, from 1: what its number is made of */
export function quoteRow(quote: Quote, place: number): Prisma.QuoteCreateManyInput {
  const { id, opportunity, contactId, createdAt, updatedAt, validUntil, status, extraDiscount, lines } = quote
  const { owner, company, name } = opportunity
  return {
    ...{ id, createdAt, updatedAt, contactId, status, validUntil, name },
    createdById: owner.id,
    updatedById: owner.id,
    version: versions[status] ?? 1,
    ownerId: owner.id,
    teamId: owner.teamId,
    number: `Q-${String(place).padStart(6, '0')}`,
    opportunityId: opportunity.id,
    customerId: company.id,
    currency: company.country.currency,
    extraDiscount: tenThousandths(extraDiscount),
    ...amountColumns(totalsOf(lines, extraDiscount)),
  }
}

/** The columns that the lines of quotes and of orders share. */
export const lineColumns = (
  { line, discountPercent, taxPercent, ...amounts }: PricedLine,
  index: number,
  currency: Currency,
) => ({
  productId: line.product.id,
  position: index + 1,
  quantity: line.quantity,
  unitPrice: tenThousandths(line.unitPriceCents * 100),
  ...{ discountPercent, taxPercent, currency },
  ...amountColumns({ ...amounts, total: amounts.subtotal - amounts.discount + amounts.tax }),
})

export function quoteLineRows({
  id,
  opportunity,
  createdAt,
  lines,
}: Quote): readonly Prisma.QuoteLineCreateManyInput[] {
  const { owner, company } = opportunity
  const random = opportunity.random.fork('quote lines')
  return lines.map((line, index) => ({
    id: identify('qln', createdAt, random, index),
    ...{ createdAt, updatedAt: createdAt, createdById: owner.id, updatedById: owner.id, quoteId: id },
    ...lineColumns(line, index, company.country.currency),
  }))
}
