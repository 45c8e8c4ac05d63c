import { createLoader, type DataContext, type Loaders, type Records } from '@trellis/sdk'
import { sql } from 'kysely'

type Customer = Records['Customer']

/** Companies above one another that are looked at, and companies below one that are kept at hand, at most. */
const most = { height: 50, descendants: 100 } as const

declare module '@trellis/sdk' {
  interface CustomersLoaders {
    /** The companies above a customer, the nearest first. */
    ancestorsOf(id: string): Promise<readonly Records['Customer'][]>
    /** The companies below a customer, level by level, by their names; 100 at most. */
    descendantsOf(id: string, first: number): Promise<readonly Records['Customer'][]>
  }
}

/** A customer, and whose relative it is. */
interface Relative extends Customer {
  readonly start: string
}

const withoutStart = ({ start: _start, ...customer }: Relative): Customer => customer

const relativesByStart = (rows: readonly Relative[]): ReadonlyMap<string, readonly Customer[]> => {
  const groups = Map.groupBy(rows, ({ start }) => start)
  return new Map([...groups].map(([start, group]) => [start, group.map(withoutStart)]))
}

/**
 * Walks through the hierarchy of companies, one statement for all customers of a level. What the viewer may not see
 * ends the walk, as it ends a walk from `parent` to `parent`.
 */
export function hierarchyLoaders({ database, readable }: DataContext): Partial<Loaders['customers']> {
  const customers = () => readable('Customer')

  const above = createLoader<readonly Customer[]>(async ids => {
    const { rows } = await sql<Relative>`
      with recursive upward(start, id, above, height) as (
        select id, id, "parentId", 0 from ${customers()} as customer where id = any(${ids})
        union all
        select upward.start, customer.id, customer."parentId", upward.height + 1
        from upward join ${customers()} as customer on customer.id = upward.above where upward.height < ${most.height}
      )
      select upward.start, customer.* from upward join ${customers()} as customer on customer.id = upward.id
      where upward.height > 0 order by upward.start, upward.height`.execute(database())
    return relativesByStart(rows)
  })

  const below = createLoader<readonly Customer[]>(async ids => {
    const { rows } = await sql<Relative>`
      with recursive downward(start, id, depth) as (
        select id, id, 0 from ${customers()} as customer where id = any(${ids})
        union all
        select downward.start, customer.id, downward.depth + 1
        from downward join ${customers()} as customer on customer."parentId" = downward.id
        where customer."deletedAt" is null and downward.depth < ${most.height}
      ), placed as (
        select start, id, row_number() over (partition by start order by depth, name, id) as place
        from downward join ${customers()} as customer using (id) where depth > 0
      )
      select placed.start, customer.* from placed join ${customers()} as customer on customer.id = placed.id
      where place <= ${most.descendants} order by placed.start, place`.execute(database())
    return relativesByStart(rows)
  })

  return {
    ancestorsOf: async id => (await above.load(id)) ?? [],
    descendantsOf: async (id, first) => ((await below.load(id)) ?? []).slice(0, first),
  }
}
