import {
  type Connection,
  createLoader,
  type DataContext,
  type Filter,
  type Link,
  type Loaders,
  type PageArguments,
  type Records,
  TrellisError,
} from '@trellis/sdk'
import { sql } from 'kysely'

type Customer = Records['Customer']
type Segment = Records['Segment']

declare module '@trellis/sdk' {
  interface SegmentsLoaders {
    /** The customers of a segment, whatever its kind. @throws TrellisError `BAD_INPUT` when its rules fit the schema no more */
    customersOf(segment: Records['Segment'], args: PageArguments): Connection<Records['Customer']>
    /** The segments that a customer is in, by their names. */
    ofCustomer(customerId: string): Promise<readonly Records['Segment'][]>
  }
}

/** How customers are tied to the static segments that they were put into. */
const membership: Link = {
  key: 'segmentId',
  through: { entity: 'SegmentMember', key: 'customerId' },
}

/** A segment that some of the customers may be in, and those that were put into it. */
interface Possible extends Segment {
  readonly memberIds: readonly string[] | null
}

/** Reads who is in segments: by membership, or by rules, with the rights of whoever asks. */
export function segmentLoaders(context: DataContext): Partial<Loaders['segments']> {
  const { database, loaders, log, readable } = context

  const rulesOf = ({ id, rules }: Segment): Filter | null => {
    const { filter, problems } = loaders.storedFilters.read('Customer', rules)
    if (problems) log.warn({ segment: id, problems }, 'the rules of a segment do not fit the schema any more')
    return filter
  }

  const possible = async (customerIds: readonly string[]): Promise<readonly Possible[]> => {
    const { rows } = await sql<Possible>`
      with member as (
        select "segmentId", array_agg("customerId") as "memberIds" from ${readable('SegmentMember')} as member
        where "customerId" = any(${customerIds}) and "deletedAt" is null group by "segmentId"
      )
      select segment.*, member."memberIds" from ${readable('Segment')} as segment
      left join member on member."segmentId" = segment.id
      where segment."deletedAt" is null and (segment.kind = 'RULES' or member."segmentId" is not null)
      order by segment.name`.execute(database())
    return rows
  }

  /** All customers of a level and all segments there are: one statement for the segments, one for whom their rules fit. */
  const ofCustomer = createLoader<readonly Segment[]>(async customerIds => {
    const segments = await possible(customerIds)
    const rules = segments.flatMap(segment => {
      const filter = segment.kind === 'RULES' ? rulesOf(segment) : null
      return filter ? [[segment.id, filter] as const] : []
    })
    const fitting =
      rules.length > 0 ? await loaders.customers.fitting(customerIds, new Map(rules)) : new Map()
    return new Map(
      customerIds.map(id => {
        const fits = new Set<string>(fitting.get(id))
        return [
          id,
          segments.flatMap(({ memberIds, ...segment }) => {
            const isIn = segment.kind === 'RULES' ? fits.has(segment.id) : (memberIds ?? []).includes(id)
            return isIn ? [segment] : []
          }),
        ]
      }),
    )
  })

  return {
    customersOf(segment, args): Connection<Customer> {
      if (segment.kind === 'STATIC') return loaders.customers.listOf(membership, segment.id, args)
      const filter = rulesOf(segment)
      if (!filter)
        throw new TrellisError(
          'BAD_INPUT',
          `The rules of the segment "${segment.name}" do not fit the schema any more; change them.`,
        )
      return loaders.customers.list({ ...args, also: [filter] })
    },
    ofCustomer: async id => (await ofCustomer.load(id)) ?? [],
  }
}
