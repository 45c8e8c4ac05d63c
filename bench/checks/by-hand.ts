/** A report, and the SQL that one would write for it by hand. */
export interface ByHand {
  /** The report's field with its arguments, and the figures asked of each row. */
  readonly report: string
  readonly figures: string
  /** Answers as many rows. */
  readonly sql: string
}

const decided = `sum(o.amount) filter (where s.type = 'WON') as won, avg(o.amount) filter (where s.type = 'WON') as mean,
  count(*) filter (where s.type = 'WON') as "wonCount", count(*) filter (where s.type = 'LOST') as "lostCount", sum(o.amount) filter (where s.type = 'LOST') as lost`
const sales = 'wonCount wonAmount averageWonAmount lostCount lostAmount winRate'

/** Reports over the million opportunities and what belongs to them. */
export const byHand: readonly ByHand[] = [
  {
    report: 'salesReport',
    figures: sales,
    sql: `select date_trunc('month', o."closedAt" at time zone 'UTC')::date as month, o.currency, ${decided}
      from "Opportunity" as o join "PipelineStage" as s on s.id = o."stageId"
      where o."deletedAt" is null and o."closedAt" is not null group by 1, 2 order by 1`,
  },
  {
    report: 'salesReport(by: [OWNER], period: { from: "2024-07-01", to: "2025-06-30" })',
    figures: sales,
    sql: `select u.name, o.currency, ${decided}
      from "Opportunity" as o join "PipelineStage" as s on s.id = o."stageId" left join "User" as u on u.id = o."ownerId"
      where o."deletedAt" is null and o."closedAt" >= '2024-07-01Z' and o."closedAt" < '2025-07-01Z' group by u.id, o.currency`,
  },
  {
    report: 'salesReport(by: [INDUSTRY, PERIOD], period: { bucket: QUARTER })',
    figures: sales,
    sql: `select c.industry, date_trunc('quarter', o."closedAt" at time zone 'UTC')::date as quarter, o.currency, ${decided}
      from "Opportunity" as o join "PipelineStage" as s on s.id = o."stageId" left join "Customer" as c on c.id = o."customerId"
      where o."deletedAt" is null and o."closedAt" is not null group by 1, 2, 3`,
  },
  {
    report: 'salesReport(by: [PRODUCT])',
    figures: sales,
    sql: `select p.name, l.currency, sum(l.total) filter (where s.type = 'WON') as won, avg(l.total) filter (where s.type = 'WON') as mean,
        count(*) filter (where s.type = 'WON') as "wonCount", count(*) filter (where s.type = 'LOST') as "lostCount", sum(l.total) filter (where s.type = 'LOST') as lost
      from "OpportunityLine" as l join "Opportunity" as o on o.id = l."opportunityId" join "PipelineStage" as s on s.id = o."stageId" join "Product" as p on p.id = l."productId"
      where l."deletedAt" is null and o."deletedAt" is null and o."closedAt" is not null group by p.id, l.currency`,
  },
  {
    report: 'pipelineReport',
    figures: 'count amount weightedAmount',
    sql: `select s.name, o.currency, count(*), sum(o.amount) as amount, sum(o."weightedAmount") as weighted
      from "Opportunity" as o join "PipelineStage" as s on s.id = o."stageId"
      where o."deletedAt" is null and o."closedAt" is null group by s.id, o.currency`,
  },
  {
    report: 'stageReport',
    figures: 'visits averageDays wonCount lostCount conversionRate',
    sql: `select at.name, count(*), avg(h."durationSeconds") as mean, count(*) filter (where s.type = 'WON') as won, count(*) filter (where s.type = 'LOST') as lost
      from "StageHistory" as h join "PipelineStage" as at on at.id = h."stageId" join "Opportunity" as o on o.id = h."opportunityId" join "PipelineStage" as s on s.id = o."stageId"
      where h."deletedAt" is null and o."deletedAt" is null group by at.id`,
  },
  {
    report: 'campaignReport',
    figures: 'leads convertedLeads opportunities wonOpportunities wonAmount actualCost returnOnInvestment',
    sql: `select c.name, c."actualCost", l.*, o.* from "Campaign" as c
      left join (select "campaignId", count(*), count(*) filter (where status = 'CONVERTED') as converted from "Lead" where "deletedAt" is null group by 1) as l on l."campaignId" = c.id
      left join (select "campaignId", count(*), count(*) filter (where s.type = 'WON') as "wonCount", sum(o.amount) filter (where s.type = 'WON') as won
        from "Opportunity" as o join "PipelineStage" as s on s.id = o."stageId" where o."deletedAt" is null and o."campaignId" is not null group by 1) as o on o."campaignId" = c.id
      where c."deletedAt" is null`,
  },
  {
    report: 'caseReport',
    figures: 'count resolved averageResponseHours averageResolutionHours promised kept missed fulfilment',
    sql: `select date_trunc('month', "createdAt" at time zone 'UTC')::date as month, count(*), count("resolutionSeconds") as resolved, avg("responseSeconds") as response,
        avg("resolutionSeconds") as resolution, count("slaStatus") as promised, count(*) filter (where "slaStatus" = 'FULFILLED') as kept, count(*) filter (where "slaStatus" = 'FAILED') as missed
      from "Case" where "deletedAt" is null group by 1 order by 1`,
  },
  {
    report: 'feedbackReport',
    figures: 'count averageRating positive neutral negative positiveRate',
    sql: `select date_trunc('month', "createdAt" at time zone 'UTC')::date as month, count(*), avg(rating) as mean, count(*) filter (where sentiment = 'POSITIVE') as positive,
        count(*) filter (where sentiment = 'NEUTRAL') as neutral, count(*) filter (where sentiment = 'NEGATIVE') as negative
      from "Feedback" where "deletedAt" is null group by 1 order by 1`,
  },
]
