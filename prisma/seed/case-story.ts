import type { CaseStatus } from '../../src/generated/prisma/enums.ts'
import { addDays } from './calendar.ts'
import type { Random } from './random.ts'
import type { Policy } from './sla-policies.ts'
import { remarks, replies } from './vocabulary/issues.ts'

/** A status that a case came to. */
export interface CaseVisit {
  readonly status: CaseStatus
  readonly at: Date
}

export interface CaseRemark {
  readonly at: Date
  readonly body: string
  readonly isInternal: boolean
}

/** What happened to a case until now. */
export interface CaseStory {
  /** The first is NEW, at its creation. */
  readonly visits: readonly [CaseVisit, ...CaseVisit[]]
  readonly remarks: readonly CaseRemark[]
}

export interface CaseStoryOptions {
  readonly random: Random
  readonly createdAt: Date
  readonly policy: Policy
  /** Whether another case may say the same. */
  readonly mayBeDuplicate: boolean
  readonly now: Date
}

const minutes = 60_000

/** How much of what was promised somebody takes: most keep to it. */
const shareOf = (random: Random, punctual: number): number =>
  random.chance(punctual) ? 0.1 + 0.8 * random.fraction() : 1.1 + random.fraction()

/** Makes up what happened to a case: somebody takes it, responds, may wait for the customer, and decides. */
export function tellCase({ random, createdAt, policy, mayBeDuplicate, now }: CaseStoryOptions): CaseStory {
  const { clock } = policy
  const after = (from: Date, businessMinutes: number): Date =>
    clock.add(from, Math.round(businessMinutes * 60)) ?? now
  const later = (from: Date, another: Date): Date =>
    from > another ? new Date(from.getTime() + minutes) : another

  const assignedAt = after(createdAt, random.integer(2, 30))
  const respondedAt = later(assignedAt, after(createdAt, policy.responseMinutes * shareOf(random, 0.88)))
  const pendingAt = after(respondedAt, random.integer(10, 200))
  const resumedAt = after(pendingAt, random.integer(60, 900))
  const escalatedAt = after(resumedAt, random.integer(5, 60))
  const waits = random.chance(0.35)
  const goesUp = random.chance(0.08)
  const worked = goesUp ? escalatedAt : waits ? resumedAt : respondedAt
  const pause = waits ? clock.between(pendingAt, resumedAt) / 60 : 0
  const solvedAt = later(worked, after(createdAt, policy.resolveMinutes * shareOf(random, 0.85) + pause))
  const ending = random.pickWeighted(['RESOLVED', 'REJECTED', 'DUPLICATE'] as const, kind =>
    kind === 'RESOLVED' ? 90 : kind === 'REJECTED' ? 5 : mayBeDuplicate ? 5 : 0,
  )

  const visits: CaseVisit[] = [{ status: 'ASSIGNED', at: assignedAt }]
  if (ending === 'DUPLICATE') visits.push({ status: ending, at: later(assignedAt, after(assignedAt, 15)) })
  else {
    visits.push({ status: 'IN_PROGRESS', at: respondedAt })
    if (waits) visits.push({ status: 'PENDING', at: pendingAt }, { status: 'IN_PROGRESS', at: resumedAt })
    if (goesUp) visits.push({ status: 'ESCALATED', at: escalatedAt })
    visits.push({ status: ending, at: solvedAt })
    if (ending === 'RESOLVED' && random.chance(0.92))
      visits.push({ status: 'CLOSED', at: addDays(solvedAt, 5) })
  }
  const said = [
    { at: assignedAt, body: random.pick(remarks), isInternal: true },
    { at: respondedAt, body: random.pick(replies.first), isInternal: false },
    { at: resumedAt, body: random.pick(replies.later), isInternal: false },
  ].filter((_, place) => place === 1 || random.chance(0.4))
  const isTold = ({ at }: { readonly at: Date }): boolean => at < now
  return {
    visits: [{ status: 'NEW', at: createdAt }, ...visits.filter(isTold)],
    remarks: ending === 'DUPLICATE' ? [] : said.filter(({ at }) => at < now && at <= solvedAt),
  }
}
