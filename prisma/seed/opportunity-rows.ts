import type { Prisma } from '../../src/generated/prisma/client.ts'
import { identify } from './identifiers.ts'
import { sumOf } from './lines.ts'
import { decimal } from './money.ts'
import type { Opportunity } from './opportunities.ts'
import type { DefaultPipeline } from './pipeline.ts'
import type { Random } from './random.ts'
import { nextSteps } from './vocabulary/projects.ts'

const lostReasonWeights = [30, 26, 16, 14, 8, 6] as const

export function opportunityRow(
  opportunity: Opportunity,
  pipeline: DefaultPipeline,
): Prisma.OpportunityCreateManyInput {
  const { id, company, owner, visits, createdAt, updatedAt, closedAt, isWon, lines } = opportunity
  const random = opportunity.random.fork('row')
  const code = (visits.at(-1) ?? visits[0]).stage
  const stage = pipeline.stages[code]
  return {
    ...{ id, createdAt, updatedAt, closedAt },
    createdById: owner.id,
    updatedById: owner.id,
    version: visits.length,
    source: null,
    ownerId: owner.id,
    teamId: owner.teamId,
    name: opportunity.name,
    customerId: company.id,
    pipelineId: pipeline.id,
    stageId: stage.id,
    lostReasonId: closedAt && !isWon ? lostReason(random, pipeline) : null,
    type: opportunity.type,
    amount: decimal(sumOf(lines)),
    currency: company.country.currency,
    probability: stage.probability,
    forecastCategory: stage.forecastCategory,
    expectedCloseDate: opportunity.expectedCloseDate,
    nextStep: code === 'CLOSED_WON' || code === 'CLOSED_LOST' ? null : random.pick(nextSteps[code]),
  }
}

const lostReason = (random: Random, { lostReasonIds }: DefaultPipeline): string | null =>
  lostReasonIds.length === 0
    ? null
    : random.pickWeighted(lostReasonIds, id => lostReasonWeights[lostReasonIds.indexOf(id)] ?? 1)

export const lineRows = (opportunity: Opportunity): readonly Prisma.OpportunityLineCreateManyInput[] => {
  const { id, createdAt, owner, company, lines } = opportunity
  const random = opportunity.random.fork('lines')
  return lines.map(({ product, quantity, unitPriceCents }, index) => ({
    id: identify('oln', createdAt, random, index),
    createdAt,
    createdById: owner.id,
    updatedAt: createdAt,
    updatedById: owner.id,
    opportunityId: id,
    productId: product.id,
    position: index + 1,
    quantity,
    unitPrice: decimal(unitPriceCents),
    currency: company.country.currency,
  }))
}

/** Each stage was left when the next was entered; the last has not been left. */
export const historyRows = (
  { id, owner, visits, random }: Opportunity,
  { stages }: DefaultPipeline,
): readonly Prisma.StageHistoryCreateManyInput[] => {
  const own = random.fork('history')
  return visits.map(({ stage, enteredAt }, index) => {
    const before = visits[index - 1]
    const leftAt = visits[index + 1]?.enteredAt ?? null
    return {
      id: identify('sth', enteredAt, own, index),
      createdAt: enteredAt,
      createdById: owner.id,
      updatedAt: leftAt ?? enteredAt,
      updatedById: owner.id,
      version: leftAt ? 2 : 1,
      opportunityId: id,
      stageId: stages[stage].id,
      fromStageId: before ? stages[before.stage].id : null,
      ...{ enteredAt, leftAt },
    }
  })
}
