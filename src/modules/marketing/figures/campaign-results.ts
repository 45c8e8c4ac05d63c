import { createLoader, type DataContext, type Loader } from '@trellis/sdk'
import { sql } from 'kysely'
import type { CampaignResults } from '../../../generated/resolvers.ts'

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
  readonly otherCosts: readonly string[] | null
  readonly otherAmounts: readonly string[] | null
}

/**
 * Adds up what came of campaigns: one statement for all of them, however many are below. An amount counts in its
 * campaign's currency only; where another one is left out, there is no return on investment to be told.
 */
function statement(ids: readonly string[], includeDescendants: boolean, { readable }: DataContext) {
  const campaigns = readable('Campaign', ['actualCost', 'currency', 'parentId'])
  const leads = readable('Lead', ['campaignId', 'status'])
  const opportunities = readable('Opportunity', [
    'amount',
    'campaignId',
    'currency',
    'probability',
    'stageId',
  ])
  const below = includeDescendants
    ? sql`
      union
      select branch.root, branch.currency, child.id from branch join ${campaigns} as child on child."parentId" = branch.id
      where child."deletedAt" is null`
    : sql``
  // Each table is read once, by the index on its campaigns, and then told apart: asked for one campaign after the
  // other, and in a join with campaigns whose number nobody knows, whole tables would be read.
  const ofThese = sql`any(array(select id from branch))`
  return sql<Row>`
    with recursive branch(root, currency, id) as (
      select id, currency, id from "Campaign" where id = any(${ids}) ${below}
    ), spent as (
      select branch.root, count(*)::int as campaigns,
        sum(campaign."actualCost") filter (where campaign.currency = branch.currency) as "actualCost",
        array_agg(distinct campaign.currency) filter (where campaign.currency <> branch.currency and campaign."actualCost" <> 0) as "otherCosts"
      from branch join "Campaign" as campaign on campaign.id = branch.id group by branch.root
    ), came as (
      select branch.root, count(*)::int as leads, (count(*) filter (where lead.status = 'CONVERTED'))::int as converted
      from branch join ${leads} as lead on lead."campaignId" = branch.id
      where lead."campaignId" = ${ofThese} and lead."deletedAt" is null group by branch.root
    ), addressed as (
      select root, sum(count)::int as members, sum(responded)::int as responded,
        jsonb_agg(jsonb_build_object('status', status, 'count', count) order by status) as statuses
      from (
        select branch.root, member.status, count(*) as count, count(member."respondedAt") as responded
        from branch join "CampaignMember" as member on member."campaignId" = branch.id
        where member."campaignId" = ${ofThese} and member."deletedAt" is null group by branch.root, member.status
      ) as each group by root
    ), sold as (
      select branch.root, count(*)::int as opportunities,
        (count(*) filter (where stage.type = 'OPEN'))::int as open,
        (count(*) filter (where stage.type = 'WON'))::int as won,
        sum(opportunity.amount) filter (where stage.type = 'WON' and opportunity.currency = branch.currency) as "wonAmount",
        sum(opportunity.amount) filter (where stage.type = 'OPEN' and opportunity.currency = branch.currency) as "openAmount",
        sum(round(opportunity.amount * opportunity.probability / 100, 4))
          filter (where stage.type = 'OPEN' and opportunity.currency = branch.currency) as "weightedAmount",
        array_agg(distinct opportunity.currency)
          filter (where stage.type <> 'LOST' and opportunity.currency <> branch.currency and opportunity.amount <> 0) as "otherAmounts"
      from branch join ${opportunities} as opportunity on opportunity."campaignId" = branch.id
      join "PipelineStage" as stage on stage.id = opportunity."stageId"
      where opportunity."campaignId" = ${ofThese} and opportunity."deletedAt" is null group by branch.root
    )
    select root.id, root.currency, spent.campaigns, spent."actualCost", spent."otherCosts", sold."otherAmounts",
      coalesce(came.leads, 0) as leads, coalesce(came.converted, 0) as "convertedLeads",
      coalesce(addressed.members, 0) as members, coalesce(addressed.responded, 0) as "respondedMembers",
      coalesce(addressed.statuses, '[]') as "membersByStatus",
      coalesce(sold.opportunities, 0) as opportunities, coalesce(sold.open, 0) as "openOpportunities",
      coalesce(sold.won, 0) as "wonOpportunities", coalesce(sold."wonAmount", 0) as "wonAmount",
      coalesce(sold."openAmount", 0) as "openAmount", coalesce(sold."weightedAmount", 0) as "weightedAmount",
      case when spent."otherCosts" is null and sold."otherAmounts" is null
        then round((coalesce(sold."wonAmount", 0) - spent."actualCost") / nullif(spent."actualCost", 0), 4) end as "returnOnInvestment"
    from "Campaign" as root
    join spent on spent.root = root.id
    left join came on came.root = root.id
    left join addressed on addressed.root = root.id
    left join sold on sold.root = root.id
    where root.id = any(${ids})`
}

export function campaignResultsLoaders(context: DataContext): CampaignResultsLoaders {
  const loader = (includeDescendants: boolean): Loader<string, CampaignResults> =>
    createLoader(async ids => {
      const { rows } = await statement(ids, includeDescendants, context).execute(context.database())
      return new Map(
        rows.map(({ id, otherCosts, otherAmounts, ...figures }) => [
          id,
          {
            ...figures,
            otherCurrencies: [...new Set([...(otherCosts ?? []), ...(otherAmounts ?? [])])].toSorted(),
          },
        ]),
      )
    })
  return { alone: loader(false), withDescendants: loader(true) }
}
