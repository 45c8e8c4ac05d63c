/** A value among others: how far the middle half reaches. */
export interface Spread {
  readonly median: number
  readonly lower: number
  readonly upper: number
}

/** The value that a share of the others is below, between neighbours in proportion. @param share 0 to 1 */
export function quantile(values: readonly number[], share: number): number {
  if (values.length === 0) throw new Error('There is no quantile of nothing.')
  const sorted = values.toSorted((a, b) => a - b)
  const place = (sorted.length - 1) * share
  const below = sorted[Math.floor(place)] ?? 0
  const above = sorted[Math.ceil(place)] ?? 0
  return below + (above - below) * (place - Math.floor(place))
}

export const spreadOf = (values: readonly number[]): Spread => ({
  median: quantile(values, 0.5),
  lower: quantile(values, 0.25),
  upper: quantile(values, 0.75),
})

/** Ratios of what was measured in the same round, so that what slowed one slowed the other. */
export const ratios = (values: readonly number[], others: readonly number[]): Spread =>
  spreadOf(values.slice(0, others.length).map((value, index) => value / (others[index] ?? Number.NaN)))

/** The same for what one is more than the other. */
export const differences = (values: readonly number[], others: readonly number[]): Spread =>
  spreadOf(values.slice(0, others.length).map((value, index) => value - (others[index] ?? Number.NaN)))
