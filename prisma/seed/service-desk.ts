import type { Prisma } from '../../src/generated/prisma/client.ts'
import { makeDesk } from './business-hours.ts'
import { caseEvents, caseRow, commentRows, outcomeOf } from './case-rows.ts'
import type { Dossier } from './deletions.ts'
import { makeFeedbacks } from './feedbacks.ts'
import { found } from './found.ts'
import type { Random } from './random.ts'
import { makeServiceCases } from './service-cases.ts'
import { makePolicies } from './sla-policies.ts'
import type { Staff } from './staff.ts'

/** What customers asked, what was promised to them, and what they thought of it: rows by table. */
export interface ServiceDesk {
  readonly BusinessCalendar: readonly Prisma.BusinessCalendarCreateManyInput[]
  readonly BusinessInterval: readonly Prisma.BusinessIntervalCreateManyInput[]
  readonly Holiday: readonly Prisma.HolidayCreateManyInput[]
  readonly SlaPolicy: readonly Prisma.SlaPolicyCreateManyInput[]
  readonly Case: readonly Prisma.CaseCreateManyInput[]
  readonly CaseComment: readonly Prisma.CaseCommentCreateManyInput[]
  readonly Feedback: readonly Prisma.FeedbackCreateManyInput[]
  readonly TimelineEvent: readonly Prisma.TimelineEventCreateManyInput[]
}

/** Its tables, those first that others refer to. */
export const serviceDeskTables = [
  'BusinessCalendar',
  'BusinessInterval',
  'Holiday',
  'SlaPolicy',
  'Case',
  'CaseComment',
  'Feedback',
  'TimelineEvent',
] as const satisfies readonly (keyof ServiceDesk)[]

export interface ServiceDeskOptions {
  readonly random: Random
  readonly now: Date
  readonly administratorId: string
  readonly staff: Staff
  readonly dossiers: readonly Dossier[]
  /** Ids of what somebody has deleted. */
  readonly deleted: ReadonlySet<string>
  readonly orders: readonly Prisma.OrderCreateManyInput[]
}

/** Makes two years of a service desk, with what is open today. */
export function makeServiceDesk(options: ServiceDeskOptions): ServiceDesk {
  const { random, now, administratorId, staff, dossiers, deleted, orders } = options
  const common = { now, administratorId }
  const berlin = makeDesk('Service desk Berlin', { random: random.fork('berlin'), ...common })
  const beijing = makeDesk('Service desk Beijing', { random: random.fork('beijing'), ...common })
  const contractor = found(dossiers[0]?.company, 'company with a contract')
  const policies = makePolicies({ random: random.fork('policies'), ...common, berlin, beijing, contractor })

  const managers = new Map(
    [...staff.users, ...staff.appointments].map(({ id, managerId }) => [id, managerId ?? null]),
  )
  const managerOf = (ownerId: string) => managers.get(ownerId) ?? null
  const cases = makeServiceCases({ dossiers, deleted, policies, now }).map((one, index) => {
    const outcome = outcomeOf(one, now)
    return { one, outcome, row: caseRow(one, outcome, { place: index + 1, managerOf }) }
  })
  return {
    BusinessCalendar: [berlin.calendar, beijing.calendar],
    BusinessInterval: [...berlin.hours, ...beijing.hours],
    Holiday: [...berlin.holidays, ...beijing.holidays],
    SlaPolicy: policies.all.map(({ row }) => row),
    Case: cases.map(({ row }) => row),
    CaseComment: cases.flatMap(({ one }) => commentRows(one)),
    Feedback: makeFeedbacks({ random: random.fork('feedback'), now, cases, orders }),
    TimelineEvent: cases.flatMap(({ one, outcome }) => caseEvents(one, outcome, now)),
  }
}
