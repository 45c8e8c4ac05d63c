import type { Prisma } from '../../src/generated/prisma/client.ts'
import { addDays, latest } from './calendar.ts'
import type { Dossier } from './deletions.ts'
import { identify } from './identifiers.ts'
import type { Random } from './random.ts'

/** A segment's row; its rules are written as JSON, or not at all. */
type SegmentRow = Omit<Prisma.SegmentCreateManyInput, 'rules'> & { readonly rules: object | null }

/** The sample's segments, table by table. */
export interface SampleSegments {
  readonly Segment: readonly SegmentRow[]
  readonly SegmentMember: readonly Prisma.SegmentMemberCreateManyInput[]
}

export interface SegmentsOptions {
  readonly random: Random
  readonly now: Date
  readonly administratorId: string
  readonly dossiers: readonly Dossier[]
  /** Ids of what has been deleted. */
  readonly deleted: ReadonlySet<string>
}

/** Days for which there have been segments. */
const ageInDays = 200

const wonBy = ({ opportunities }: Dossier): number => opportunities.filter(({ isWon }) => isWon).length

/** Segments that somebody puts customers into. */
const chosen: readonly {
  readonly name: string
  readonly description: string
  readonly fits: (dossier: Dossier) => boolean
}[] = [
  {
    name: 'Key accounts',
    description: 'Visited by a manager every quarter.',
    fits: dossier => wonBy(dossier) > 4,
  },
  {
    name: 'Reference customers',
    description: 'Agreed to be visited by others.',
    fits: dossier => dossier.company.wellKnown !== null && wonBy(dossier) > 0,
  },
]

/** Segments that find their customers by rules. */
const ruled = [
  {
    name: 'Manufacturers in Germany',
    description: 'For the trade fair in Hanover.',
    rules: { industry: { eq: 'manufacturing' }, billingCountry: { eq: 'Germany' } },
  },
  {
    name: 'About to decide',
    description: 'Have a proposal, or negotiate.',
    rules: {
      opportunities: { some: { stage: { code: { in: ['PROPOSAL', 'NEGOTIATION'] } } } },
      doNotContact: { eq: false },
    },
  },
  {
    name: 'Bought nothing for a year',
    description: 'Bought before, and not in the last twelve months.',
    rules: {
      type: { eq: 'CUSTOMER' },
      opportunities: { none: { stage: { type: { eq: 'WON' } }, closedAt: { gte: '-P1Y' } } },
    },
  },
  {
    name: 'Large, and nothing under way',
    description: 'More than a thousand people, and no sale under way.',
    rules: { employeeCount: { gt: 1000 }, opportunities: { none: { closedAt: { isNull: true } } } },
  },
]

/** What managers look at customers by: two segments that were put together by hand, four by rules. */
export function makeSegments({
  random,
  now,
  administratorId,
  dossiers,
  deleted,
}: SegmentsOptions): SampleSegments {
  const createdAt = addDays(now, -ageInDays)
  const written = (prefix: string, at: Date, sequence = 0) => ({
    id: identify(prefix, at, random, sequence),
    createdAt: at,
    createdById: administratorId,
    updatedAt: at,
    updatedById: administratorId,
  })
  const segmentRow = (
    name: string,
    description: string,
    rules: object | null,
    sequence: number,
  ): SegmentRow => ({
    ...written('seg', createdAt, sequence),
    ...{ name, description, rules },
    kind: rules ? 'RULES' : 'STATIC',
  })
  const byHand = chosen.map(({ name, description, fits }, index) => ({
    segment: segmentRow(name, description, null, index),
    fits,
  }))
  const byRules = ruled.map(({ name, description, rules }, index) =>
    segmentRow(name, description, rules, chosen.length + index),
  )
  return {
    Segment: [...byHand.map(({ segment }) => segment), ...byRules],
    SegmentMember: byHand.flatMap(({ segment, fits }) =>
      dossiers
        .filter(dossier => !deleted.has(dossier.company.id) && fits(dossier))
        .map(({ company }, index) => ({
          ...written('sgm', latest(createdAt, company.createdAt), index),
          segmentId: segment.id,
          customerId: company.id,
        })),
    ),
  }
}
