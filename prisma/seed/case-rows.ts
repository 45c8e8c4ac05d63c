import type { Prisma } from '../../src/generated/prisma/client.ts'
import type { CaseStatus, SlaStatus } from '../../src/generated/prisma/enums.ts'
import { latest } from './calendar.ts'
import { identify } from './identifiers.ts'
import type { ServiceCase } from './service-cases.ts'
import { escalationReasons, rejectionReasons, resolutions } from './vocabulary/issues.ts'

/** What follows from the story of a case, as its columns. */
interface CaseFacts {
  readonly status: CaseStatus
  readonly firstRespondedAt: Date | null
  readonly resolvedAt: Date | null
  readonly closedAt: Date | null
  readonly escalatedAt: Date | null
  readonly pendingSince: Date | null
  readonly pausedSeconds: number
  readonly responseDueAt: Date
  readonly resolveDueAt: Date
  readonly slaStatus: SlaStatus
}

export interface CaseOutcome {
  readonly facts: CaseFacts
  /** The first promise that was broken. */
  readonly breach: { readonly promise: 'RESPONSE' | 'RESOLUTION'; readonly dueAt: Date } | null
}

const decisions: readonly CaseStatus[] = ['RESOLVED', 'REJECTED', 'DUPLICATE']

/** Reads an outcome off a story, with promises kept as the gateway keeps them. */
export function outcomeOf({ story, policy, createdAt }: ServiceCase, now: Date): CaseOutcome {
  const { visits, remarks } = story
  const at = (...statuses: readonly CaseStatus[]): Date | null =>
    visits.find(({ status }) => statuses.includes(status))?.at ?? null
  const status = (visits.at(-1) ?? visits[0]).status
  const reply = remarks.find(({ isInternal }) => !isInternal)?.at ?? null
  const decidedAt = at(...decisions)
  const firstRespondedAt = reply ?? decidedAt

  const due = (minutes: number): Date => policy.clock.add(createdAt, minutes * 60) ?? now
  const pendingAt = at('PENDING')
  const resumed = visits[visits.findIndex(visit => visit.status === 'PENDING') + 1]
  const isPending = status === 'PENDING'
  const pausedSeconds = pendingAt && resumed && !isPending ? policy.clock.between(pendingAt, resumed.at) : 0
  const responseDueAt = due(policy.responseMinutes)
  const promised = due(policy.resolveMinutes)
  const moves = pendingAt !== null && promised >= pendingAt
  const resolveDueAt = moves ? (policy.clock.add(promised, pausedSeconds) ?? promised) : promised

  const waited = isPending && pendingAt ? pendingAt : now
  const breaches = [
    ...((firstRespondedAt ?? waited) > responseDueAt
      ? [{ promise: 'RESPONSE' as const, dueAt: responseDueAt }]
      : []),
    ...((decidedAt ?? waited) > resolveDueAt
      ? [{ promise: 'RESOLUTION' as const, dueAt: resolveDueAt }]
      : []),
  ]
  const [breach = null] = breaches
  const slaStatus = breach
    ? 'FAILED'
    : firstRespondedAt
      ? decidedAt
        ? 'FULFILLED'
        : 'ROLLING_RESPONSE_DUE'
      : 'FIRST_RESPONSE_DUE'
  return {
    breach,
    facts: {
      ...{ status, firstRespondedAt, pausedSeconds, responseDueAt, resolveDueAt, slaStatus },
      resolvedAt: at('RESOLVED'),
      closedAt: at('CLOSED', 'REJECTED', 'DUPLICATE'),
      escalatedAt: at('ESCALATED'),
      pendingSince: isPending ? pendingAt : null,
    },
  }
}

/** @param place among all cases, from 1: what its number is made of */
export function caseRow(
  one: ServiceCase,
  { facts }: CaseOutcome,
  { place, managerOf }: { readonly place: number; readonly managerOf: (ownerId: string) => string | null },
): Prisma.CaseCreateManyInput {
  const { company, story, random } = one
  const { owner } = company
  const own = random.fork('row')
  const isEscalated = facts.escalatedAt !== null
  const lastRemark = story.remarks.at(-1)?.at ?? one.createdAt
  return {
    ...facts,
    id: one.id,
    createdAt: one.createdAt,
    createdById: owner.id,
    updatedAt: latest((story.visits.at(-1) ?? story.visits[0]).at, lastRemark),
    updatedById: owner.id,
    version: story.visits.length + story.remarks.length,
    ownerId: isEscalated ? (managerOf(owner.id) ?? owner.id) : owner.id,
    teamId: owner.teamId,
    number: `C-${String(place).padStart(6, '0')}`,
    subject: one.subject,
    ...{ priority: one.priority, type: one.type, origin: one.origin },
    ...{ customerId: company.id, contactId: one.contactId, productId: one.product.id },
    resolution: facts.resolvedAt ? own.pick(resolutions) : null,
    duplicateOfId: facts.status === 'DUPLICATE' ? (one.previous?.id ?? null) : null,
    slaPolicyId: one.policy.row.id,
    escalationReason: isEscalated ? own.pick(escalationReasons) : null,
  }
}

export const commentRows = ({
  id,
  company,
  story,
  random,
}: ServiceCase): readonly Prisma.CaseCommentCreateManyInput[] =>
  story.remarks.map(({ at, body, isInternal }, index) => ({
    id: identify('ccm', at, random.fork(`remark ${index}`)),
    ...{ createdAt: at, updatedAt: at, createdById: company.owner.id, updatedById: company.owner.id },
    ...{ caseId: id, body, isInternal },
  }))

type EventRow = Prisma.TimelineEventCreateManyInput

/** Its timeline: that it came in, how it went from status to status, what was said, and what was broken. */
export function caseEvents(one: ServiceCase, { breach, facts }: CaseOutcome, now: Date): readonly EventRow[] {
  const { id, company, story, random, createdAt, previous } = one
  const own = random.fork('row')
  const event = (
    type: string,
    at: Date,
    data: Prisma.InputJsonObject,
    relatedId: string | null = null,
  ): EventRow => ({
    id: identify('tle', at, random.fork(`${type} ${at.getTime()}`)),
    ...{ createdAt: at, updatedAt: at, createdById: company.owner.id, updatedById: company.owner.id },
    ...{ targetId: id, type, occurredAt: at, activityId: null, relatedId, data },
  })
  const moves = story.visits.slice(1).map(({ status, at }, index) => {
    const reason = status === 'REJECTED' ? { reason: own.pick(rejectionReasons) } : {}
    const data = { from: story.visits[index]?.status ?? 'NEW', to: status, ...reason }
    return event('case.status_changed', at, data, status === 'DUPLICATE' ? (previous?.id ?? null) : null)
  })
  const remarks = commentRows(one).map(row =>
    event('case.commented', new Date(row.createdAt ?? createdAt), {
      commentId: row.id,
      isInternal: row.isInternal ?? false,
    }),
  )
  const noticedAt = breach && new Date(breach.dueAt.getTime() + 30_000)
  return [
    event('case.created', createdAt, {}),
    ...moves,
    ...remarks,
    ...(facts.escalatedAt
      ? [event('case.escalated', facts.escalatedAt, { formerOwnerId: company.owner.id })]
      : []),
    ...(breach && noticedAt && noticedAt < now
      ? [
          {
            ...event('case.sla_failed', noticedAt, {
              breaches: [{ promise: breach.promise, dueAt: breach.dueAt.toISOString() }],
            }),
            ...{ createdById: null, updatedById: null },
          },
        ]
      : []),
  ]
}
