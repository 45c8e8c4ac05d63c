import type { PrismaClient } from './generated/client/client.ts'
import { newestFirst, notDeleted } from './order.ts'
import type { Selection } from './selection.ts'

/** One parent's question for its children. */
export interface ChildrenQuery {
  readonly parentId: string
  readonly first: number
  readonly select: Selection
}

/** Answers many parents' questions, each with its own list. */
export type LoadChildren = (queries: readonly ChildrenQuery[]) => Promise<object[][]>

type Row = Readonly<Record<string, unknown>>

/** Reads the rows of many parents, in the order of the lists. */
type ReadRows = (parentIds: string[], select: Selection) => Promise<readonly Row[]>

/**
 * Nested lists, one statement for all parents: `findMany` with `in`, cut to length per parent here.
 * Children beyond `first` are read in vain; the data has none, and ways that read none were slower.
 */
export const childrenLoaders = (prisma: PrismaClient) => ({
  contacts: loader('customerId', (ids, select) =>
    prisma.contact.findMany({
      where: { customerId: { in: ids }, ...notDeleted },
      orderBy: newestFirst,
      select: { ...select, customerId: true },
    }),
  ),
  opportunities: loader('customerId', (ids, select) =>
    prisma.opportunity.findMany({
      where: { customerId: { in: ids }, ...notDeleted },
      orderBy: newestFirst,
      select: { ...select, customerId: true },
    }),
  ),
  lines: loader('opportunityId', (ids, select) =>
    prisma.opportunityLine.findMany({
      where: { opportunityId: { in: ids }, ...notDeleted },
      orderBy: { position: 'asc' },
      select: { ...select, opportunityId: true },
    }),
  ),
})

const loader =
  (parent: string, read: ReadRows): LoadChildren =>
  async queries => {
    // One field asks for the same columns for all parents; an operation may have it twice.
    const bySelection = Map.groupBy(queries, ({ select }) => select)
    const reads = Array.from(bySelection, async ([select, same]) => {
      const rows = await read([...new Set(same.map(({ parentId }) => parentId))], select)
      return [select, Map.groupBy(rows, row => row[parent])] as const
    })
    const found = new Map(await Promise.all(reads))
    return queries.map(
      ({ parentId, first, select }) => found.get(select)?.get(parentId)?.slice(0, first) ?? [],
    )
  }
