import { createLoader, type DataContext, type Loader } from '@trellis/sdk'
import { sql } from 'kysely'
import type { MarketingPlanSpending } from '../../../generated/resolvers.ts'

declare module '@trellis/sdk' {
  interface Loaders {
    /** What the campaigns of plans may cost and have cost, by the plan's id. */
    readonly planSpending: Loader<string, MarketingPlanSpending>
  }
}

/** Adds up what the campaigns of plans may cost and have cost, in the plan's currency: one statement for all plans. */
export const planSpendingLoader = (context: DataContext): Loader<string, MarketingPlanSpending> =>
  createLoader(async ids => {
    const campaigns = context.readable('Campaign', ['actualCost', 'budget', 'currency', 'planId'])
    const { rows } = await sql<MarketingPlanSpending & { readonly id: string }>`
      select plan.id, plan.currency, spent.*,
        case when spent."otherCurrencies" = '{}' then plan.budget - spent."actualCost" end as remaining
      from "MarketingPlan" as plan
      cross join lateral (
        select count(*)::int as campaigns,
          coalesce(sum(campaign.budget) filter (where campaign.currency = plan.currency), 0) as "campaignBudget",
          coalesce(sum(campaign."actualCost") filter (where campaign.currency = plan.currency), 0) as "actualCost",
          coalesce(array_agg(distinct campaign.currency order by campaign.currency)
            filter (where campaign.currency <> plan.currency and (campaign.budget <> 0 or campaign."actualCost" <> 0)), '{}') as "otherCurrencies"
        from ${campaigns} as campaign
        where campaign."planId" = plan.id and campaign."deletedAt" is null
      ) as spent
      where plan.id = any(${ids})`.execute(context.database())
    return new Map(rows.map(({ id, ...spending }) => [id, spending]))
  })
