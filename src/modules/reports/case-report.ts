import type { Context } from '@trellis/sdk'
import type { CaseDimension, QueryCaseReportArgs, RequireFields } from '../../generated/resolvers.ts'
import type { Dimension } from './dimension.ts'
import { numberOf } from './figures.ts'
import { within } from './period.ts'
import { quotient } from './quotient.ts'
import { type Cells, dimensionsOf, readReport } from './read-report.ts'
import { rowsOf } from './rows.ts'

const dimensions: Readonly<Record<CaseDimension, Dimension>> = {
  PERIOD: { path: 'createdAt', isPeriod: true },
  STATUS: { path: 'status' },
  PRIORITY: { path: 'priority' },
  CASE_TYPE: { path: 'type' },
  ORIGIN: { path: 'origin' },
  OWNER: { path: 'owner', records: 'users' },
  TEAM: { path: 'team', records: 'teams' },
  CUSTOMER: { path: 'customer', records: 'customers' },
  INDUSTRY: { path: 'customer.industry' },
  PRODUCT: { path: 'product', records: 'products' },
}

const secondsOfHour = 60 * 60

function figuresOf({ whole, parts }: Cells) {
  const [kept, missed] = [parts.get('FULFILLED')?.count ?? 0, parts.get('FAILED')?.count ?? 0]
  const resolved = numberOf(whole, 'countValues', 'resolvedAt')
  const averageHours = (field: string): string | null =>
    quotient(numberOf(whole, 'sum', field), numberOf(whole, 'countValues', field) * secondsOfHour)
  return {
    count: whole.count,
    resolved,
    averageResponseHours: averageHours('responseSeconds'),
    averageResolutionHours: averageHours('resolutionSeconds'),
    promised: numberOf(whole, 'countValues', 'slaStatus'),
    kept,
    missed,
    fulfilment: quotient(kept, kept + missed),
  }
}

/**
 * Cases: how many, how soon, and what of the promises was kept.
 *
 * @throws TrellisError `BAD_INPUT` for a question that no report answers
 */
export async function caseReport(
  { by, period, filter }: RequireFields<QueryCaseReportArgs, 'by'>,
  context: Context,
) {
  const named = dimensionsOf(by, name => dimensions[name])
  const created = within(period, 'instant')
  const times = ['responseSeconds', 'resolutionSeconds']
  const cells = await readReport({
    counted: context.loaders.cases,
    filters: [created && { createdAt: created }, filter],
    by: named.map(([, dimension]) => dimension),
    period,
    measures: { sum: times, countValues: [...times, 'resolvedAt', 'slaStatus'] },
    pivot: { path: 'slaStatus', values: ['FULFILLED', 'FAILED'] },
  })
  const rows = await rowsOf(cells, { context, by: named, period, figures: figuresOf, greatest: 'count' })
  return { dimensions: by, rows }
}

/** What the resolvers of a case report are given, by codegen.yml. @public */
export type CaseReportModel = Awaited<ReturnType<typeof caseReport>>
