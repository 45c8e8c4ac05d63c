import { type PageArguments, TrellisError } from '@trellis/sdk'
import type { Cursors } from '../cursor.ts'
import { afterPlace, type Place } from './keyset.ts'
import { listCondition, ofParent, type Parents, perParent, type Reading } from './list.ts'
import { readableColumns, table } from './names.ts'
import { type OrderTerm, orderClause, orderSignature, orderTerms, reversed } from './order.ts'
import { raw, type Sql, sql } from './statement.ts'

/** Records of a page: how many unless asked, and how many at most. */
export const pageSize = { usual: 20, most: 100 } as const

/** The shape of a page, apart from the records on it. */
export interface PagePlan {
  readonly size: number
  readonly backward: boolean
  readonly order: readonly OrderTerm[]
  /** Binds cursors to this list's order. */
  readonly signature: string
  /** The place that the page begins after, read in its own direction. */
  readonly from: Place | null
  /** The place that it must not go beyond. */
  readonly until: Place | null
}

function sizeOf(name: 'first' | 'last', size: number): number {
  if (size < 1 || size > pageSize.most)
    throw new TrellisError('BAD_INPUT', `${name} is ${size}; it may be 1 to ${pageSize.most}.`)
  return size
}

/**
 * Reads the paging arguments.
 *
 * @throws TrellisError `BAD_INPUT` for a size out of bounds or both directions at once; `INVALID_CURSOR`
 */
export function planPage({ entity, right }: Reading, args: PageArguments, cursors: Cursors): PagePlan {
  const { first, last, after, before } = args
  if (first != null && last != null)
    throw new TrellisError('BAD_INPUT', 'Ask for first or last, not for both.')
  const backward = last != null
  const order = orderTerms(entity, right, args.orderBy)
  const signature = orderSignature(entity, order)
  const placeOf = (cursor: string | null | undefined): Place | null =>
    cursor ? cursors.read(signature, cursor) : null
  return {
    size: backward ? sizeOf('last', last) : sizeOf('first', first ?? pageSize.usual),
    backward,
    order,
    signature,
    from: placeOf(backward ? before : after),
    until: placeOf(backward ? after : before),
  }
}

/** What of a list is selected, for whom. */
export interface PageSelection {
  /** Expressions over the list's own table. */
  readonly columns: Sql
  /** What makes a record one of its parent's; none for a list of all records. */
  readonly link?: Sql | undefined
  /** Records beyond the page, to know whether others follow. */
  readonly beyond: 0 | 1
}

/** The records of a page, in the direction that it is read in. */
export function pageSelect(
  reading: Reading,
  args: PageArguments,
  plan: PagePlan,
  { columns, link, beyond }: PageSelection,
): Sql {
  const order = plan.backward ? reversed(plan.order) : plan.order
  const opposite = plan.backward ? plan.order : reversed(plan.order)
  const more = [
    ...(plan.from ? [afterPlace(order, plan.from)] : []),
    ...(plan.until ? [afterPlace(opposite, plan.until)] : []),
  ]
  // The limit is no parameter: plans that are made once for all values of one know nothing of how few are wanted.
  return sql`select ${columns} from ${table(reading.entity)} where ${listCondition(reading, args, { link, more })} order by ${orderClause(order)} limit ${raw(String(plan.size + beyond))}`
}

/** How many records there are, on all pages. */
export const countSelect = (reading: Reading, args: PageArguments, link?: Sql): Sql =>
  sql`select count(*)::int as count from ${table(reading.entity)} where ${listCondition(reading, args, { link })}`

/** One record more than the page has, to know whether others follow; each parent's, when there are parents. */
export function pageStatement(reading: Reading, args: PageArguments, plan: PagePlan, parents?: Parents): Sql {
  const inner = pageSelect(reading, args, plan, {
    columns: readableColumns(reading.entity, reading.right),
    link: parents && ofParent(parents),
    beyond: 1,
  })
  return parents ? perParent(parents, inner) : inner
}

/** How many records there are, on all pages; of each parent, when there are parents. */
export function countStatement(reading: Reading, args: PageArguments, parents?: Parents): Sql {
  const inner = countSelect(reading, args, parents && ofParent(parents))
  return parents ? perParent(parents, inner) : inner
}
