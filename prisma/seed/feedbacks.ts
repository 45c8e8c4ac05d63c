import type { Prisma } from '../../src/generated/prisma/client.ts'
import type { Sentiment } from '../../src/generated/prisma/enums.ts'
import { addDays, daysBetween } from './calendar.ts'
import type { CaseOutcome } from './case-rows.ts'
import { identify } from './identifiers.ts'
import type { Random } from './random.ts'
import type { ServiceCase } from './service-cases.ts'
import { opinions } from './vocabulary/issues.ts'

type Row = Prisma.FeedbackCreateManyInput

const sentiments: readonly Sentiment[] = ['NEGATIVE', 'NEGATIVE', 'NEUTRAL', 'POSITIVE', 'POSITIVE']

/** What somebody thinks, from 1 to 5, the weights of each. */
const [content, displeased]: readonly (readonly number[])[] = [
  [2, 5, 15, 43, 35],
  [25, 30, 25, 15, 5],
]

interface Subject {
  readonly random: Random
  /** When it was over. */
  readonly at: Date
  readonly isFailed: boolean
  readonly about: Pick<Row, 'caseId' | 'orderId' | 'customerId' | 'contactId' | 'ownerId' | 'teamId'>
}

/** What is thought of it some days later; nothing by those who do not answer. */
function feedbackOf({ random, at, isFailed, about }: Subject, answering: number, now: Date): readonly Row[] {
  const createdAt = addDays(at, 1 + 5 * random.fraction())
  if (!random.chance(answering) || daysBetween(createdAt, now) <= 0) return []
  const weights = (isFailed ? displeased : content) ?? []
  const rating = random.pickWeighted([1, 2, 3, 4, 5], stars => weights[stars - 1] ?? 0)
  const sentiment = sentiments[rating - 1] ?? 'NEUTRAL'
  return [
    {
      id: identify('fbk', createdAt, random),
      ...{
        createdAt,
        updatedAt: createdAt,
        createdById: about.ownerId ?? null,
        updatedById: about.ownerId ?? null,
      },
      ...about,
      ...{ rating, sentiment, text: random.chance(0.7) ? random.pick(opinions[sentiment]) : null },
    },
  ]
}

export interface FeedbacksOptions {
  readonly random: Random
  readonly now: Date
  readonly cases: readonly {
    readonly one: ServiceCase
    readonly outcome: CaseOutcome
    readonly row: Prisma.CaseCreateManyInput
  }[]
  readonly orders: readonly Prisma.OrderCreateManyInput[]
}

/** What customers thought of cases that are closed, and of orders that are complete. */
export function makeFeedbacks({ random, now, cases, orders }: FeedbacksOptions): readonly Row[] {
  return [
    ...cases.flatMap(({ one, outcome, row }) => {
      if (!outcome.facts.closedAt || outcome.facts.status !== 'CLOSED') return []
      const { ownerId = null, teamId = null, customerId = null, contactId = null } = row
      const about = { caseId: one.id, orderId: null, customerId, contactId, ownerId, teamId }
      const isFailed = outcome.facts.slaStatus === 'FAILED'
      return feedbackOf(
        { random: one.random.fork('feedback'), at: outcome.facts.closedAt, isFailed, about },
        0.45,
        now,
      )
    }),
    ...orders.flatMap(order => {
      if (order.status !== 'COMPLETED' || !order.updatedAt) return []
      const { ownerId = null, teamId = null, customerId, contactId = null } = order
      const about = { caseId: null, orderId: order.id, customerId, contactId, ownerId, teamId }
      const at = new Date(order.updatedAt)
      return feedbackOf({ random: random.fork(order.id), at, isFailed: false, about }, 0.15, now)
    }),
  ]
}
