import type { CustomerType, LifecycleStage, Rating } from '../../src/generated/prisma/enums.ts'
import { daysBetween } from './calendar.ts'
import type { Opportunity } from './opportunities.ts'
import type { Random } from './random.ts'

export interface Relationship {
  readonly type: CustomerType
  readonly lifecycleStage: LifecycleStage
  readonly rating: Rating | null
}

/** What somebody is to us whom nothing was ever offered, and how often. */
const strangers: readonly (Omit<Relationship, 'rating'> & { readonly weight: number })[] = [
  { type: 'PROSPECT', lifecycleStage: 'LEAD', weight: 10 },
  { type: 'PROSPECT', lifecycleStage: 'MARKETING_QUALIFIED', weight: 8 },
  { type: 'PROSPECT', lifecycleStage: 'SUBSCRIBER', weight: 6 },
  { type: 'PARTNER', lifecycleStage: 'OTHER', weight: 4 },
  { type: 'RESELLER', lifecycleStage: 'OTHER', weight: 3 },
  { type: 'COMPETITOR', lifecycleStage: 'OTHER', weight: 1 },
  { type: 'INVESTOR', lifecycleStage: 'OTHER', weight: 1 },
]

/** Days without a sale after which a customer counts as gone, unless something is under way. */
const patience = 450

/** What a customer is to us, as its opportunities have it. */
export function relationshipOf(
  random: Random,
  opportunities: readonly Opportunity[],
  now: Date,
): Relationship {
  if (opportunities.length === 0) {
    const { type, lifecycleStage } = random.pickWeighted(strangers, ({ weight }) => weight)
    return { type, lifecycleStage, rating: random.chance(0.5) ? 'COLD' : null }
  }
  const open = opportunities.filter(({ closedAt }) => closedAt === null)
  const won = opportunities.filter(({ isWon }) => isWon)
  const isHot = open.some(({ visits }) => visits.some(({ stage }) => stage === 'PROPOSAL'))
  const rating = isHot ? 'HOT' : open.length > 0 || won.length > 1 ? 'WARM' : 'COLD'
  if (won.length === 0)
    return { type: 'PROSPECT', lifecycleStage: open.length > 0 ? 'OPPORTUNITY' : 'SALES_QUALIFIED', rating }
  const isQuiet = won.every(({ closedAt }) => closedAt && daysBetween(closedAt, now) > patience)
  if (isQuiet && open.length === 0) return { type: 'CUSTOMER', lifecycleStage: 'CHURNED', rating: 'COLD' }
  return { type: 'CUSTOMER', lifecycleStage: won.length > 4 ? 'EVANGELIST' : 'CUSTOMER', rating }
}
