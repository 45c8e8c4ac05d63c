import type { Prisma } from '../../src/generated/prisma/client.ts'
import { addDays } from './calendar.ts'
import { identify } from './identifiers.ts'
import { sumOf } from './lines.ts'
import { type Currency, decimal, roundly } from './money.ts'
import type { Opportunity } from './opportunities.ts'
import type { Random } from './random.ts'
import type { Seller } from './staff.ts'
import type { TeamName } from './vocabulary/staff.ts'

/** Where a team sits, and what it is paid in: its days and its currency count. */
const seats: Readonly<Record<TeamName, { readonly timeZone: string; readonly currency: Currency }>> = {
  Americas: { timeZone: 'America/Chicago', currency: 'USD' },
  Europe: { timeZone: 'Europe/Berlin', currency: 'EUR' },
  'Asia Pacific': { timeZone: 'Asia/Tokyo', currency: 'USD' },
  'Greater China': { timeZone: 'Asia/Shanghai', currency: 'CNY' },
}

/** Quarters that there are targets for, the present one included. */
const quarters = 4

/** The first days of a quarter and of the next one: this quarter's, or those of so many before. */
function quarterOf(now: Date, before: number): readonly [Date, Date] {
  const first = Math.floor(now.getUTCMonth() / 3) * 3 - 3 * before
  const year = now.getUTCFullYear()
  return [new Date(Date.UTC(year, first, 1)), new Date(Date.UTC(year, first + 3, 1))]
}

const nameOf = (start: Date): string => `${start.getUTCFullYear()} Q${start.getUTCMonth() / 3 + 1}`

/** What somebody sells in a quarter on average, and a tenth more, in cents. */
const ambition = (opportunities: readonly Opportunity[]): number =>
  roundly((1.1 * opportunities.reduce((sum, { lines }) => sum + sumOf(lines), 0)) / 8)

export interface SalesTargetsOptions {
  readonly random: Random
  readonly now: Date
  readonly administratorId: string
  readonly sellers: readonly Seller[]
  readonly opportunities: readonly Opportunity[]
}

/** What everybody is to sell in each quarter of the last year, and each team what its people are to. */
export function makeSalesTargets({
  random,
  now,
  administratorId,
  sellers,
  opportunities,
}: SalesTargetsOptions): readonly Prisma.SalesTargetCreateManyInput[] {
  const wonBy = Map.groupBy(
    opportunities.filter(
      ({ isWon, owner, company }) => isWon && company.country.currency === seats[owner.team].currency,
    ),
    ({ owner }) => owner.id,
  )
  const individual = sellers.map(seller => ({
    seller,
    cents: Math.max(1_000_000, ambition(wonBy.get(seller.id) ?? [])),
  }))
  const teams = [...Map.groupBy(individual, ({ seller }) => seller.team).values()].map(members => ({
    members,
    cents: members.reduce((sum, { cents }) => sum + cents, 0),
  }))
  const row = (
    { team, teamId }: Pick<Seller, 'team' | 'teamId'>,
    whose: { readonly ownerId: string | null; readonly cents: number },
    before: number,
    place: number,
  ): Prisma.SalesTargetCreateManyInput => {
    const [start, next] = quarterOf(now, before)
    const createdAt = addDays(start, -7)
    return {
      id: identify('sat', createdAt, random, place),
      ...{ createdAt, updatedAt: createdAt, createdById: administratorId, updatedById: administratorId },
      ...{ ...seats[team], teamId, ownerId: whose.ownerId, amount: decimal(whose.cents) },
      name: whose.ownerId ? nameOf(start) : `${nameOf(start)} ${team}`,
      startDate: start,
      endDate: addDays(next, -1),
    }
  }
  return Array.from({ length: quarters }, (_, before) => [
    ...individual.map(({ seller, cents }, place) =>
      row(seller, { ownerId: seller.id, cents }, before, place),
    ),
    ...teams.flatMap(({ members: [first], cents }, place) =>
      first ? [row(first.seller, { ownerId: null, cents }, before, individual.length + place)] : [],
    ),
  ]).flat()
}
