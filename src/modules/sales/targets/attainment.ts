import { createLoader, type DataContext, type Loader } from '@trellis/sdk'
import { sql } from 'kysely'

/** What of a target was sold, so far as the viewer may see it. */
export interface Attainment {
  /** In the target's currency. */
  readonly amount: string
  /** Of the target's amount; `null` where that is zero. */
  readonly percent: string | null
  /** Opportunities that were won. */
  readonly count: number
}

declare module '@trellis/sdk' {
  interface Loaders {
    /** What was sold, by the target's id. */
    readonly attainments: Loader<string, Attainment>
  }
}

/**
 * Adds up what was won towards targets, one statement for all of them. An opportunity counts where it stands in a
 * stage of type WON and was closed on one of the target's days, in its time zone; for a target with a product by its
 * lines of that product, each rounded to four digits.
 */
export const attainmentLoader = (context: DataContext): Loader<string, Attainment> =>
  createLoader(async ids => {
    const { rows } = await sql<Attainment & { readonly id: string }>`
      select target.id, won.amount, won.count, round(won.amount * 100 / nullif(target.amount, 0), 4) as percent
      from ${context.readable('SalesTarget')} as target
      cross join lateral (
        select coalesce(sum(worth.amount), 0) as amount, count(*)::int as count
        from ${context.readable('Opportunity')} as opportunity
        join "PipelineStage" as stage on stage.id = opportunity."stageId" and stage.type = 'WON'
        cross join lateral (
          select opportunity.amount where target."productId" is null and opportunity.currency = target.currency
          union all
          select sum(line.total) from "OpportunityLine" as line
          where line."opportunityId" = opportunity.id and line."productId" = target."productId"
            and line.currency = target.currency and line."deletedAt" is null
          having count(*) > 0
        ) as worth
        where opportunity."deletedAt" is null
          and (opportunity."ownerId" = target."ownerId" or target."ownerId" is null and opportunity."teamId" = target."teamId")
          and opportunity."closedAt" >= timezone(target."timeZone", target."startDate"::timestamp)
          and opportunity."closedAt" < timezone(target."timeZone", (target."endDate" + 1)::timestamp)
      ) as won
      where target.id = any(${ids})`.execute(context.database())
    return new Map(rows.map(({ id, ...attainment }) => [id, attainment]))
  })
