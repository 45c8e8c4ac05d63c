import type { RowHead } from './rows.ts'
import { textOf } from './text-of.ts'

/** Figures in the shape that charts take. */
export interface Chart {
  readonly labels: readonly string[]
  readonly series: readonly {
    readonly name: string
    readonly values: readonly (string | null)[]
  }[]
}

/** `WON_AMOUNT` -> `wonAmount`. */
const fieldOf = (measure: string): string =>
  measure.toLowerCase().replace(/_([a-z])/g, (_, letter: string) => letter.toUpperCase())

/** What a row is known by within its label: its second key, and its currency where there are several. */
function seriesName(row: RowHead, measure: string, currencies: number): string {
  const second = row.keys[1]?.label
  const currency = currencies > 1 ? row.currency : null
  return [second, currency].filter(part => part != null && part !== '').join(', ') || measure
}

/** Turns rows on their side: a label for each first key, a series for each of the rest. */
export function chartOf(rows: readonly RowHead[], measure: string): Chart {
  const field = fieldOf(measure)
  const currencies = new Set(rows.map(({ currency }) => currency)).size
  // Two customers may have one name, so places go by values.
  const places = new Map<string | null, number>()
  const labels: string[] = []
  for (const { keys } of rows) {
    const [key] = keys
    if (!key || places.has(key.value)) continue
    places.set(key.value, labels.length)
    labels.push(key.label)
  }
  const series = new Map<string, { name: string; values: (string | null)[] }>()
  for (const row of rows) {
    const identity = JSON.stringify([row.keys[1]?.value, row.currency])
    const known = series.get(identity) ?? {
      name: seriesName(row, measure, currencies),
      values: labels.map(() => null),
    }
    const place = places.get(row.keys[0]?.value ?? null)
    if (place !== undefined) known.values[place] = textOf(Reflect.get(row, field))
    series.set(identity, known)
  }
  return { labels, series: [...series.values()] }
}
