import type { Prisma } from '../../src/generated/prisma/client.ts'
import { addDays, startOfDay } from './calendar.ts'
import type { Dossier } from './deletions.ts'
import { identify } from './identifiers.ts'
import type { Random } from './random.ts'

/** What marketing did, and who came of it: rows by table. */
export interface MarketingYear {
  readonly MarketingPlan: readonly Prisma.MarketingPlanCreateManyInput[]
  readonly Campaign: readonly Prisma.CampaignCreateManyInput[]
  readonly Lead: readonly Prisma.LeadCreateManyInput[]
  readonly CampaignMember: readonly Prisma.CampaignMemberCreateManyInput[]
  readonly OpportunityContact: readonly Prisma.OpportunityContactCreateManyInput[]
}

/** Its tables, those first that others refer to. */
export const marketingTables = [
  'MarketingPlan',
  'Campaign',
  'Lead',
  'CampaignMember',
  'OpportunityContact',
] as const satisfies readonly (keyof MarketingYear)[]

export interface MarketingOptions {
  readonly random: Random
  readonly now: Date
  readonly administratorId: string
  readonly dossiers: readonly Dossier[]
  /** Ids of what somebody has deleted. */
  readonly deleted: ReadonlySet<string>
}

/** The campaigns of the last half year: how many days ago each began, and how long it lasts. */
const efforts = [
  { name: 'Spring newsletter', type: 'NEWSLETTER', ago: 170, days: 30, cost: '1800' },
  { name: 'Trade show', type: 'EVENT', ago: 120, days: 4, cost: '24500' },
  { name: 'Webinar for planners', type: 'WEBINAR', ago: 70, days: 1, cost: '950' },
  { name: 'Follow-up of the trade show', type: 'EMAIL', ago: 40, days: 60, cost: '400' },
] as const

/** Leads that each campaign brought, and contacts that it addressed. */
const reach = { leads: 12, contacts: 20 } as const

/** Makes a plan with its campaigns, the leads that came of them, and who has a say in open sales. */
export function makeMarketing({
  random,
  now,
  administratorId,
  dossiers,
  deleted,
}: MarketingOptions): MarketingYear {
  const begun = addDays(startOfDay(now), -180)
  const stamp = (at: Date) => ({
    createdAt: at,
    updatedAt: at,
    createdById: administratorId,
    updatedById: administratorId,
  })
  const plan: Prisma.MarketingPlanCreateManyInput = {
    id: identify('mkp', begun, random),
    ...stamp(begun),
    ownerId: administratorId,
    name: 'This half year',
    status: 'ACTIVE',
    startDate: begun,
    endDate: addDays(begun, 364),
    budget: '60000',
    objective: 'Fifty new customers',
  }
  const campaigns = efforts.map(({ name, type, ago, days, cost }) => {
    const startDate = addDays(startOfDay(now), -ago)
    const endDate = addDays(startDate, days)
    return {
      id: identify('cam', startDate, random),
      ...stamp(startDate),
      ownerId: administratorId,
      ...{ name, type, startDate, endDate },
      status: endDate < now ? ('COMPLETE' as const) : ('ACTIVE' as const),
      actualCost: cost,
      planId: plan.id ?? null,
    }
  })
  const living = dossiers.filter(({ company }) => !deleted.has(company.id))
  const leads = campaigns.flatMap(({ id: campaignId, startDate }) =>
    Array.from(
      { length: reach.leads },
      (_, index): Prisma.LeadCreateManyInput & { readonly createdAt: Date } => {
        const { company } = random.pick(living)
        const { id: ownerId, teamId } = company.owner
        return {
          id: identify('led', startDate, random, index),
          ...stamp(startDate),
          ...{ ownerId, teamId, campaignId },
          company: `${company.brand.latin} Holding ${index + 1}`,
          industry: company.industry,
          country: company.country.name,
          status: random.pick(['NEW', 'ASSIGNED', 'IN_PROCESS', 'NURTURING', 'QUALIFIED'] as const),
          leadSource: 'CAMPAIGN',
          rating: random.pick(['HOT', 'WARM', 'COLD'] as const),
          score: random.integer(5, 95),
        }
      },
    ),
  )
  const people = living.flatMap(({ contacts }) => contacts).filter(({ id }) => !deleted.has(id))
  const addressed = campaigns.flatMap(({ id: campaignId, startDate }) => {
    const known = people.filter(({ createdAt }) => new Date(createdAt ?? 0) < startDate).slice(0, 200)
    const chosen = new Set(Array.from({ length: reach.contacts }, () => random.pick(known).id))
    return [...chosen].map((contactId, index): Prisma.CampaignMemberCreateManyInput => {
      const status = random.pick(['SENT', 'OPENED', 'CLICKED', 'RESPONDED'] as const)
      const respondedAt = status === 'RESPONDED' ? startDate : null
      return {
        id: identify('cmm', startDate, random, index),
        ...stamp(startDate),
        campaignId,
        contactId,
        leadId: null,
        status,
        respondedAt,
      }
    })
  })
  const brought = leads.map(
    ({ id, campaignId, createdAt }, index): Prisma.CampaignMemberCreateManyInput => ({
      id: identify('cmm', createdAt, random, 500 + index),
      ...stamp(createdAt),
      campaignId: campaignId ?? '',
      contactId: null,
      leadId: id,
      status: 'RESPONDED',
      respondedAt: createdAt,
    }),
  )
  return {
    MarketingPlan: [plan],
    Campaign: campaigns,
    Lead: leads,
    CampaignMember: [...addressed, ...brought],
    OpportunityContact: living.flatMap(({ opportunities, contacts }) => {
      const contact = contacts.find(({ id }) => !deleted.has(id))
      return opportunities
        .filter(
          ({ id, closedAt, createdAt }) =>
            contact && !closedAt && !deleted.has(id) && new Date(contact.createdAt ?? 0) < createdAt,
        )
        .map(({ id: opportunityId, createdAt, owner, random: own }) => ({
          id: identify('opc', createdAt, own.fork('contact')),
          ...{ createdAt, updatedAt: createdAt, createdById: owner.id, updatedById: owner.id },
          ...{ opportunityId, contactId: contact?.id ?? '' },
          role: 'DECISION_MAKER' as const,
          isPrimary: true,
        }))
    }),
  }
}
