import type { Context } from '@trellis/sdk'
import type { CampaignDimension, QueryCampaignReportArgs, RequireFields } from '../../generated/resolvers.ts'
import type { Dimension } from './dimension.ts'
import { amountOf } from './figures.ts'
import { ofCurrency } from './of-currency.ts'
import { within } from './period.ts'
import { quotient, tenThousandths } from './quotient.ts'
import { type Cells, dimensionsOf, type ReportQuestion, readReport } from './read-report.ts'
import { rowsOf } from './rows.ts'

/** Of campaigns; of what came from them, the same behind `campaign`. */
const ofCampaigns: Readonly<Record<CampaignDimension, Dimension>> = {
  CAMPAIGN: { path: 'id', records: 'campaigns' },
  CAMPAIGN_TYPE: { path: 'type' },
  PERIOD: { path: 'startDate', isPeriod: true },
  OWNER: { path: 'owner', records: 'users' },
  PLAN: { path: 'plan', records: 'marketingPlans' },
}

/** The cells of one row: the campaigns, their leads, their opportunities. */
interface CampaignCells extends Cells {
  readonly leads: Cells | undefined
  readonly opportunities: Cells | undefined
}

const identityOf = ({ values, currency }: Cells): string => JSON.stringify([values, currency])

const nothing: Cells['whole'] = {
  count: 0,
  measures: { sum: {}, avg: {}, min: {}, max: {}, countDistinct: {}, countValues: {} },
}

function figuresOf({ whole, leads, opportunities }: CampaignCells) {
  const won = opportunities?.parts.get('WON')
  const [wonAmount, actualCost] = [amountOf(won, 'amount'), amountOf(whole, 'actualCost')]
  const cost = tenThousandths(actualCost)
  return {
    leads: leads?.whole.count ?? 0,
    convertedLeads: leads?.parts.get('CONVERTED')?.count ?? 0,
    opportunities: opportunities?.whole.count ?? 0,
    wonOpportunities: won?.count ?? 0,
    wonAmount,
    actualCost,
    returnOnInvestment: quotient(tenThousandths(wonAmount) - cost, cost),
  }
}

/**
 * Campaigns and what came from them: campaigns, leads and opportunities in a statement each.
 *
 * @throws TrellisError `BAD_INPUT` for a question that no report answers
 */
export async function campaignReport(args: RequireFields<QueryCampaignReportArgs, 'by'>, context: Context) {
  const { by, period, currency, filter } = args
  const { campaigns, leads, opportunities } = context.loaders
  const named = dimensionsOf(by, name => ofCampaigns[name])
  const days = within(period, 'date')
  const chosen = [days && { startDate: days }, filter].filter(part => part != null)
  const fromThem = { campaign: { and: [...chosen, { deletedAt: { isNull: true } }] } }
  const inCurrency = ofCurrency(currency)
  const behindCampaign = named.map(([, dimension]) => ({
    ...dimension,
    path: dimension.path === 'id' ? 'campaign' : `campaign.${dimension.path}`,
  }))
  const read = (question: Omit<ReportQuestion, 'period'>) => readReport({ ...question, period })
  const [ofOwn, ofLeads, ofOpportunities] = await Promise.all([
    read({
      counted: campaigns,
      filters: [...chosen, inCurrency],
      by: named.map(([, dimension]) => dimension),
      measures: { sum: ['actualCost'] },
      currency: 'currency',
    }),
    read({
      counted: leads,
      filters: [fromThem, inCurrency && { campaign: inCurrency }],
      by: behindCampaign,
      currency: 'campaign.currency',
      pivot: { path: 'status', values: ['CONVERTED'] },
    }),
    read({
      counted: opportunities,
      filters: [fromThem, inCurrency],
      by: behindCampaign,
      currency: 'currency',
      pivot: { path: 'stage.type', values: ['WON'], measures: { sum: ['amount'] } },
    }),
  ])
  const rowsOfLeads = new Map(ofLeads.map(cells => [identityOf(cells), cells]))
  const rowsOfOpportunities = new Map(ofOpportunities.map(cells => [identityOf(cells), cells]))
  const own = new Set(ofOwn.map(identityOf))
  // Sales in a currency that no campaign of the row is in have a row without cost.
  const others = ofOpportunities
    .filter(cells => !own.has(identityOf(cells)))
    .map(cells => ({ ...cells, whole: nothing }))
  const all = [...ofOwn, ...others].map(cells => ({
    ...cells,
    leads: rowsOfLeads.get(identityOf(cells)),
    opportunities: rowsOfOpportunities.get(identityOf(cells)),
  }))
  const rows = await rowsOf(all, { context, by: named, period, figures: figuresOf, greatest: 'wonAmount' })
  return { dimensions: by, rows }
}

/** What the resolvers of a campaign report are given, by codegen.yml. @public */
export type CampaignReportModel = Awaited<ReturnType<typeof campaignReport>>
