import type { UpsertItem } from './bulk-upsert.ts'
import type { Ids } from './ids.ts'
import { RowRefused } from './row-refused.ts'

/** Where something stands in the files. */
export interface Origin {
  /** File and line, such as `accounts.csv:12`. */
  readonly origin: string
}

/** A row that did not become a record, and why. */
export interface Refusal extends Origin {
  /** The API's code, or `ROW` where the row was not even sent. */
  readonly code: string
  readonly message: string
}

/** What is to be sent for a row. */
export interface Mapped extends Origin {
  readonly item: UpsertItem
}

export interface MappedRows {
  readonly mapped: readonly Mapped[]
  readonly refusals: readonly Refusal[]
}

/**
 * Makes items of rows. A row that cannot become one, or comes twice, is refused, and the others go on.
 *
 * @param loaded the records of the same kind that earlier rows became
 */
export function mapRows<Row extends Origin>(
  rows: readonly Row[],
  itemOf: (row: Row, loaded: Ids) => UpsertItem,
  loaded: Ids = new Map(),
): MappedRows {
  const mapped = new Map<string, Mapped>()
  const refusals: Refusal[] = []
  for (const row of rows) {
    const { origin } = row
    try {
      const item = itemOf(row, loaded)
      const before = mapped.get(item.externalId)?.origin ?? loaded.get(item.externalId)
      if (before !== undefined) throw new RowRefused(`"${item.externalId}" is there already: ${before}.`)
      mapped.set(item.externalId, { origin, item })
    } catch (error) {
      if (!(error instanceof RowRefused)) throw error
      refusals.push({ origin, code: 'ROW', message: error.message })
    }
  }
  return { mapped: [...mapped.values()], refusals }
}
