import type { OpportunityType } from '../../src/generated/prisma/enums.ts'
import {
  addDays,
  atWork,
  daysBetween,
  inOrder,
  latest,
  seasonalDay,
  startOfDay,
  towardsQuarterEnd,
} from './calendar.ts'
import type { Company } from './companies.ts'
import { identify } from './identifiers.ts'
import { type Line, makeLines } from './lines.ts'
import type { Product } from './products.ts'
import type { Random } from './random.ts'
import type { Seller } from './staff.ts'
import { stagePath, type Visits, visitsAlong } from './stage-path.ts'
import { extents, projects } from './vocabulary/projects.ts'

/** Something that may be sold, with what has become of it so far. */
export interface Opportunity {
  readonly id: string
  readonly company: Company
  readonly owner: Seller
  readonly name: string
  readonly type: OpportunityType
  readonly createdAt: Date
  readonly updatedAt: Date
  /** Up to now, the oldest first. */
  readonly visits: Visits
  readonly closedAt: Date | null
  readonly isWon: boolean
  readonly expectedCloseDate: Date
  readonly lines: readonly Line[]
  /** Numbers for its parts. */
  readonly random: Random
}

export interface OpportunitiesOptions {
  readonly company: Company
  readonly sellers: readonly Seller[]
  readonly products: readonly Product[]
  readonly now: Date
}

const historyInDays = 730

/** Of a hundred decided ones of a kind, how many are won: about 45 over all kinds. */
const winRates: Readonly<Record<OpportunityType, number>> = {
  NEW_BUSINESS: 0.39,
  EXISTING_BUSINESS: 0.46,
  UPSELL: 0.5,
  RENEWAL: 0.74,
}

/** The company's opportunities, the oldest first: what was sold before makes the kind of the next. */
export function makeOpportunities(options: OpportunitiesOptions): readonly Opportunity[] {
  const { company, now } = options
  const random = company.random.fork('opportunities')
  const from = latest(company.createdAt, addDays(now, -historyInDays))
  const last = addDays(now, -4)
  const years = Math.max(0, daysBetween(from, last)) / 365
  const days = Array.from({ length: howMany(random, company, years) }, () => seasonalDay(random, from, last))
  const made: Opportunity[] = []
  for (const [index, day] of inOrder(days).entries())
    made.push(makeOpportunity(options, random.fork(index), day, made))
  return made
}

/** One company in eight never gets an offer; the others one to three a year, large ones more. */
function howMany(random: Random, { employees }: Company, years: number): number {
  if (random.chance(0.12)) return 0
  const perYear = (0.6 + 0.6 * Math.log10(employees)) * Math.exp(0.4 * random.normal())
  return Math.min(15, Math.round(perYear * years + random.fraction()))
}

function makeOpportunity(
  { company, sellers, products, now }: OpportunitiesOptions,
  random: Random,
  day: Date,
  earlier: readonly Opportunity[],
): Opportunity {
  const { utcOffset } = company.country
  const createdAt = latest(
    addDays(company.createdAt, random.integer(1, 24) / 24),
    atWork(random, day, utcOffset),
  )
  const hasBought = earlier.some(({ isWon, closedAt }) => isWon && closedAt && closedAt < createdAt)
  const type = hasBought ? random.pick(['EXISTING_BUSINESS', 'UPSELL', 'RENEWAL'] as const) : 'NEW_BUSINESS'
  const path = stagePath(random, type, random.chance(winRates[type]))
  const duration =
    type === 'RENEWAL' ? random.integer(20, 70) : Math.round(75 * Math.exp(0.5 * random.normal()))
  const decidedOn = towardsQuarterEnd(random, addDays(createdAt, Math.max(6, duration)))
  const [first, ...planned] = visitsAlong(random, path, { createdAt, decidedOn, utcOffset })
  const visits: Visits = [first, ...planned.filter(({ enteredAt }) => enteredAt < now)]
  const current = visits.at(-1) ?? first
  const isWon = current.stage === 'CLOSED_WON'
  const closedAt = isWon || current.stage === 'CLOSED_LOST' ? current.enteredAt : null
  // One open opportunity in eight should have been decided by now, as anywhere.
  const isLate = closedAt === null && daysBetween(createdAt, now) > 30 && random.chance(0.12)
  const expected = isLate
    ? addDays(now, -random.integer(1, 20))
    : (closedAt ?? addDays(decidedOn, random.integer(0, 20)))
  return {
    id: identify('opp', createdAt, random),
    company,
    // Sometimes a colleague of the team helps out.
    owner: random.chance(0.06)
      ? random.pick(sellers.filter(({ team }) => team === company.owner.team))
      : company.owner,
    name: `${random.pick(projects[company.industry])} ${company.brand.written}, ${random.pick(extents[type])}`,
    type,
    createdAt,
    updatedAt: current.enteredAt,
    visits,
    closedAt,
    isWon,
    expectedCloseDate: startOfDay(latest(createdAt, expected)),
    lines: makeLines({ random: random.fork('lines'), company, products, type }),
    random: random.fork('parts'),
  }
}
