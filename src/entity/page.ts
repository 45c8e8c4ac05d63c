import type { Page } from '@trellis/sdk'
import type { Cursors } from './cursor.ts'
import type { PagePlan } from './sql/page.ts'

export type Row = Readonly<Record<string, unknown>>

/** Makes a page of the rows that `pageStatement` found: the one too many only tells that others follow. */
export function pageOf<R extends Row>(rows: readonly R[], plan: PagePlan, cursors: Cursors): Page<R> {
  const { size, backward, order, signature, from, until } = plan
  const kept = rows.slice(0, size)
  const nodes = backward ? kept.toReversed() : kept
  const more = rows.length > size
  const cursorOf = (row: R): string =>
    cursors.write(
      signature,
      order.map(term => row[term.column.name]),
    )
  const cursorAt = (index: number): string | null => {
    const row = nodes.at(index)
    return row ? cursorOf(row) : null
  }
  return {
    nodes,
    get edges() {
      return nodes.map(node => ({ node, cursor: cursorOf(node) }))
    },
    // Beyond the place that a page starts from there was a record: the cursor's own.
    pageInfo: {
      hasNextPage: backward ? from !== null : more || until !== null,
      hasPreviousPage: backward ? more || until !== null : from !== null,
      get startCursor() {
        return cursorAt(0)
      },
      get endCursor() {
        return cursorAt(-1)
      },
    },
  }
}
