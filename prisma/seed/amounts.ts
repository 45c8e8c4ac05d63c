import type { Line } from './lines.ts'

/** What a line of a quote or an order is priced by, and what it comes to; amounts are whole ten-thousandths. */
export interface PricedLine {
  readonly line: Line
  /** In whole percent. */
  readonly discountPercent: number
  readonly taxPercent: number
  readonly subtotal: number
  readonly discount: number
  readonly tax: number
}

/** As the product prices it: tax is on what is left after the discount. Whole percent of cents leave nothing to round. */
export function priceLine(line: Line, discountPercent: number, taxPercent: number): PricedLine {
  const subtotal = line.quantity * line.unitPriceCents * 100
  const discount = (subtotal / 100) * discountPercent
  return {
    ...{ line, discountPercent, taxPercent, subtotal, discount },
    tax: Math.round(((subtotal - discount) * taxPercent) / 100),
  }
}

/** What lines come to together, as the columns are called. */
export function totalsOf(lines: readonly PricedLine[], extraDiscount: number) {
  const sum = (field: 'subtotal' | 'discount' | 'tax') => lines.reduce((all, line) => all + line[field], 0)
  const [subtotal, discount, tax] = [sum('subtotal'), sum('discount') + extraDiscount, sum('tax')]
  return { subtotal, discount, tax, total: subtotal - discount + tax }
}

/** As the database takes it: 1234500 is `123.4500`. */
export const tenThousandths = (amount: number): string =>
  `${Math.floor(amount / 10_000)}.${String(amount % 10_000).padStart(4, '0')}`

/** Amounts as the database takes them. */
export const amountColumns = ({ subtotal, discount, tax, total }: ReturnType<typeof totalsOf>) => ({
  subtotal: tenThousandths(subtotal),
  discount: tenThousandths(discount),
  tax: tenThousandths(tax),
  total: tenThousandths(total),
})
