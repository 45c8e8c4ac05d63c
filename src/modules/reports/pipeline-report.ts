import type { Context } from '@trellis/sdk'
import type { PipelineDimension, QueryPipelineReportArgs, RequireFields } from '../../generated/resolvers.ts'
import type { Dimension } from './dimension.ts'
import { amountOf } from './figures.ts'
import { ofCurrency } from './of-currency.ts'
import { within } from './period.ts'
import { type Cells, dimensionsOf, readReport } from './read-report.ts'
import { rowsOf } from './rows.ts'

const dimensions: Readonly<Record<PipelineDimension, Dimension>> = {
  STAGE: { path: 'stage', records: 'pipelineStages' },
  FORECAST_CATEGORY: { path: 'forecastCategory' },
  PERIOD: { path: 'expectedCloseDate', isPeriod: true },
  OWNER: { path: 'owner', records: 'users' },
  TEAM: { path: 'team', records: 'teams' },
  CUSTOMER: { path: 'customer', records: 'customers' },
  INDUSTRY: { path: 'customer.industry' },
  COUNTRY: { path: 'customer.billingCountry' },
  PIPELINE: { path: 'pipeline', records: 'pipelines' },
  OPPORTUNITY_TYPE: { path: 'type' },
}

function figuresOf({ whole }: Cells) {
  return {
    count: whole.count,
    amount: amountOf(whole, 'amount'),
    weightedAmount: amountOf(whole, 'weightedAmount'),
  }
}

/**
 * Open opportunities and the forecast.
 *
 * @throws TrellisError `BAD_INPUT` for a question that no report answers
 */
export async function pipelineReport(args: RequireFields<QueryPipelineReportArgs, 'by'>, context: Context) {
  const { by, period, currency, filter } = args
  const named = dimensionsOf(by, name => dimensions[name])
  const expected = within(period, 'date')
  const cells = await readReport({
    counted: context.loaders.opportunities,
    filters: [
      // Open opportunities have no time of decision, and decided ones have one.
      { closedAt: { isNull: true } },
      expected && { expectedCloseDate: expected },
      ofCurrency(currency),
      filter,
    ],
    by: named.map(([, dimension]) => dimension),
    period,
    measures: { sum: ['amount', 'weightedAmount'] },
    currency: 'currency',
  })
  const rows = await rowsOf(cells, {
    context,
    by: named,
    period,
    figures: figuresOf,
    greatest: 'weightedAmount',
  })
  return { dimensions: by, rows }
}

/** What the resolvers of a pipeline report are given, by codegen.yml. @public */
export type PipelineReportModel = Awaited<ReturnType<typeof pipelineReport>>
