import { createLoader, type DataContext, type Loader } from '@trellis/sdk'
import { sql } from 'kysely'
import type { CampaignResults } from '../../../generated/resolvers.ts'
import { readable } from './readable.ts'

/** What came of campaigns, by the campaign's id. */
export interface CampaignResultsLoaders {
  readonly alone: Loader<string, CampaignResults>
  /** With the campaigns below, however deep. */
  readonly withDescendants: Loader<string, CampaignResults>
}

declare module '@trellis/sdk' {
  interface Loaders {
    readonly campaignResults: CampaignResultsLoaders
  }
}

type Row = Omit<CampaignResults, 'otherCurrencies'> & {
  readonly id: string
  /** Currencies of costs, and of amounts, that are left out. */
  readonly otherCosts: readonly string[]
  readonly otherAmounts: readonly string[]
}

/**
 * Adds up what came of campaigns: one statement for all of them, however many are below. An amount counts in its
 * campaign's currency only; where another one is left out, there is no return on investment to be told.
 */
function statement(ids: readonly string[], includeDescendants: boolean, { rights }: DataContext) {
  const campaigns = readable('child', rights.read('Campaign'), ['actualCost', 'currency', 'parentId'])
  const leads = readable('lead', rights.read('Lead'), ['campaignId', 'status'])
  const opportunities = readable('opportunity', rights.read('Opportunity'), [
    'amount',
    'campaignId',
    'currency',
    'probability',
    'stageId',
  ])
  const below = includeDescendants
    ? sql`
      union
      select branch.root, child.id from branch join "Campaign" as child on child."parentId" = branch.id
      where child."deletedAt" is null and ${campaigns}`
    : sql``
  return sql<Row>`
    with recursive branch(root, id) as (
      select id, id from "Campaign" where id = any(${ids}) ${below}
    )
    select root.id, root.currency, spent.*, came.*, addressed.*, sold.*,
      case when spent."otherCosts" = '{}' and sold."otherAmounts" = '{}'
        then round((sold."wonAmount" - spent."actualCost") / nullif(spent."actualCost", 0), 4) end as "returnOnInvestment"
    from "Campaign" as root
    cross join lateral (
      select count(*)::int as campaigns,
        sum(campaign."actualCost") filter (where campaign.currency = root.currency) as "actualCost",
        coalesce(array_agg(distinct campaign.currency) filter (where campaign.currency <> root.currency and campaign."actualCost" <> 0), '{}') as "otherCosts"
      from branch join "Campaign" as campaign on campaign.id = branch.id where branch.root = root.id
    ) as spent
    cross join lateral (
      select count(*)::int as leads, (count(*) filter (where lead.status = 'CONVERTED'))::int as "convertedLeads"
      from branch join "Lead" as lead on lead."campaignId" = branch.id
      where branch.root = root.id and lead."deletedAt" is null and ${leads}
    ) as came
    cross join lateral (
      select coalesce(sum(each.count), 0)::int as members, coalesce(sum(each.responded), 0)::int as "respondedMembers",
        coalesce(jsonb_agg(jsonb_build_object('status', each.status, 'count', each.count) order by each.status), '[]') as "membersByStatus"
      from (
        select member.status, count(*) as count, count(member."respondedAt") as responded
        from branch join "CampaignMember" as member on member."campaignId" = branch.id
        where branch.root = root.id and member."deletedAt" is null group by member.status
      ) as each
    ) as addressed
    cross join lateral (
      select count(*)::int as opportunities,
        (count(*) filter (where stage.type = 'OPEN'))::int as "openOpportunities",
        (count(*) filter (where stage.type = 'WON'))::int as "wonOpportunities",
        coalesce(sum(opportunity.amount) filter (where stage.type = 'WON' and opportunity.currency = root.currency), 0) as "wonAmount",
        coalesce(sum(opportunity.amount) filter (where stage.type = 'OPEN' and opportunity.currency = root.currency), 0) as "openAmount",
        coalesce(sum(round(opportunity.amount * opportunity.probability / 100, 4))
          filter (where stage.type = 'OPEN' and opportunity.currency = root.currency), 0) as "weightedAmount",
        coalesce(array_agg(distinct opportunity.currency)
          filter (where stage.type <> 'LOST' and opportunity.currency <> root.currency and opportunity.amount <> 0), '{}') as "otherAmounts"
      from branch join "Opportunity" as opportunity on opportunity."campaignId" = branch.id
      join "PipelineStage" as stage on stage.id = opportunity."stageId"
      where branch.root = root.id and opportunity."deletedAt" is null and ${opportunities}
    ) as sold
    where root.id = any(${ids})`
}

export function campaignResultsLoaders(context: DataContext): CampaignResultsLoaders {
  const loader = (includeDescendants: boolean): Loader<string, CampaignResults> =>
    createLoader(async ids => {
      const { rows } = await statement(ids, includeDescendants, context).execute(context.database())
      return new Map(
        rows.map(({ id, otherCosts, otherAmounts, ...figures }) => [
          id,
          { ...figures, otherCurrencies: [...new Set([...otherCosts, ...otherAmounts])].toSorted() },
        ]),
      )
    })
  return { alone: loader(false), withDescendants: loader(true) }
}
