import type { Context } from '@trellis/sdk'
import type { QuerySalesReportArgs, RequireFields, SalesDimension } from '../../generated/resolvers.ts'
import type { Dimension } from './dimension.ts'
import { amountOf, measured } from './figures.ts'
import { ofCurrency } from './of-currency.ts'
import { within } from './period.ts'
import { quotient } from './quotient.ts'
import { type Cells, dimensionsOf, readReport } from './read-report.ts'
import { rowsOf } from './rows.ts'

/** Of opportunities; of their lines, the same behind `opportunity`. */
const ofOpportunities = {
  PERIOD: { path: 'closedAt', isPeriod: true },
  OWNER: { path: 'owner', records: 'users' },
  TEAM: { path: 'team', records: 'teams' },
  CUSTOMER: { path: 'customer', records: 'customers' },
  INDUSTRY: { path: 'customer.industry' },
  COUNTRY: { path: 'customer.billingCountry' },
  PIPELINE: { path: 'pipeline', records: 'pipelines' },
  OPPORTUNITY_TYPE: { path: 'type' },
  LEAD_SOURCE: { path: 'leadSource' },
  LOST_REASON: { path: 'lostReason', records: 'lostReasons' },
} as const satisfies Partial<Record<SalesDimension, Dimension>>

const ofLines = {
  PRODUCT: { path: 'product', records: 'products' },
  PRODUCT_CATEGORY: { path: 'product.category' },
} as const satisfies Partial<Record<SalesDimension, Dimension>>

const isOfLines = (name: SalesDimension): name is keyof typeof ofLines => name in ofLines

const dimensionOf = (name: SalesDimension, isByLine: boolean): Dimension => {
  if (isOfLines(name)) return ofLines[name]
  const dimension: Dimension = ofOpportunities[name]
  return isByLine ? { ...dimension, path: `opportunity.${dimension.path}` } : dimension
}

function figuresOf({ parts }: Cells, amount: 'amount' | 'total') {
  const [won, lost] = [parts.get('WON'), parts.get('LOST')]
  const [wonCount, lostCount] = [won?.count ?? 0, lost?.count ?? 0]
  return {
    wonCount,
    wonAmount: amountOf(won, amount),
    averageWonAmount: measured(won, 'avg', amount),
    lostCount,
    lostAmount: amountOf(lost, amount),
    winRate: quotient(wonCount, wonCount + lostCount),
  }
}

/**
 * Decided opportunities, or their lines where products tell them apart.
 *
 * @throws TrellisError `BAD_INPUT` for a question that no report answers
 */
export async function salesReport(args: RequireFields<QuerySalesReportArgs, 'by'>, context: Context) {
  const { by, period, currency, filter } = args
  const isByLine = by.some(isOfLines)
  const dimensions = dimensionsOf(by, name => dimensionOf(name, isByLine))
  // Decided opportunities have a time, and open ones have none.
  const decided = [{ closedAt: within(period, 'instant') ?? { isNull: false } }, filter]
  const inCurrency = ofCurrency(currency)
  const amount = isByLine ? 'total' : 'amount'
  const { opportunities, opportunityLines } = context.loaders
  const cells = await readReport({
    counted: isByLine ? opportunityLines : opportunities,
    filters: isByLine
      ? [
          {
            opportunity: { and: [...decided.filter(part => part != null), { deletedAt: { isNull: true } }] },
          },
          inCurrency,
        ]
      : [...decided, inCurrency],
    by: dimensions.map(([, dimension]) => dimension),
    period,
    currency: 'currency',
    pivot: {
      path: isByLine ? 'opportunity.stage.type' : 'stage.type',
      values: ['WON', 'LOST'],
      measures: { sum: [amount], avg: [amount] },
    },
  })
  const rows = await rowsOf(cells, {
    context,
    by: dimensions,
    period,
    figures: cell => figuresOf(cell, amount),
    greatest: 'wonAmount',
  })
  return { dimensions: by, rows }
}

/** What the resolvers of a sales report are given, by codegen.yml. @public */
export type SalesReportModel = Awaited<ReturnType<typeof salesReport>>
