/** Amounts are whole cents in here, since fractions of binary numbers do not add up. */
export type Currency = 'USD' | 'EUR' | 'CNY'

/** Units of the currency for one US dollar, roughly as of 2025. */
const rates: Readonly<Record<Currency, number>> = { USD: 1, EUR: 0.9, CNY: 7.2 }

export const fromDollars = (cents: number, currency: Currency): number => Math.round(cents * rates[currency])

/** As the database takes it: 123450 is `1234.50`. */
export const decimal = (cents: number): string =>
  `${Math.floor(cents / 100)}.${String(cents % 100).padStart(2, '0')}`

/** Two digits and zeros, as people estimate: 1,234,567 is 1,200,000. */
export function roundly(amount: number): number {
  const unit = 10 ** Math.max(0, Math.floor(Math.log10(Math.max(1, amount))) - 1)
  return Math.round(amount / unit) * unit
}
