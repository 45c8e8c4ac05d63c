import type { Context } from '@trellis/sdk'
import type { CaseDimension, QueryCaseReportArgs, RequireFields } from '../../generated/resolvers.ts'
import type { Dimension } from './dimension.ts'
import { countOf, quotient, totalOf } from './figures.ts'
import { within } from './period.ts'
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

function figuresOf({ groups }: Cells) {
  const all = [...groups.values()]
  const [kept, missed] = [groups.get('FULFILLED')?.count ?? 0, groups.get('FAILED')?.count ?? 0]
  const resolved = totalOf(all, 'countValues', 'resolutionSeconds')
  const hours = (field: string): number => totalOf(all, 'sum', field) / secondsOfHour
  return {
    count: countOf(all),
    resolved,
    averageResponseHours: quotient(hours('responseSeconds'), totalOf(all, 'countValues', 'responseSeconds')),
    averageResolutionHours: quotient(hours('resolutionSeconds'), resolved),
    // Where nothing was promised there is no status, which is the pivot's empty value.
    promised: countOf(all) - (groups.get('')?.count ?? 0),
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
  const cells = await readReport(context, {
    counted: context.loaders.cases,
    filters: [created && { createdAt: created }, filter],
    by: named.map(([, dimension]) => dimension),
    period,
    measures: { sum: times, countValues: times },
    pivot: 'slaStatus',
  })
  const rows = await rowsOf(cells, { context, by: named, period, figures: figuresOf, greatest: 'count' })
  return { dimensions: by, rows }
}

/** What the resolvers of a case report are given. */
export type CaseReportModel = Awaited<ReturnType<typeof caseReport>>
