import type { Context } from '@trellis/sdk'
import type { QueryStageReportArgs, RequireFields, StageDimension } from '../../generated/resolvers.ts'
import type { Dimension } from './dimension.ts'
import { numberOf } from './figures.ts'
import { within } from './period.ts'
import { quotient } from './quotient.ts'
import { type Cells, dimensionsOf, readReport } from './read-report.ts'
import { rowsOf } from './rows.ts'

const dimensions: Readonly<Record<StageDimension, Dimension>> = {
  STAGE: { path: 'stage', records: 'pipelineStages' },
  PERIOD: { path: 'enteredAt', isPeriod: true },
  OWNER: { path: 'opportunity.owner', records: 'users' },
  TEAM: { path: 'opportunity.team', records: 'teams' },
  INDUSTRY: { path: 'opportunity.customer.industry' },
  PIPELINE: { path: 'stage.pipeline', records: 'pipelines' },
}

const secondsOfDay = 24 * 60 * 60

function figuresOf({ whole, parts }: Cells) {
  const [wonCount, lostCount] = [parts.get('WON')?.count ?? 0, parts.get('LOST')?.count ?? 0]
  const left = numberOf(whole, 'countValues', 'durationSeconds')
  return {
    visits: whole.count,
    averageDays: quotient(numberOf(whole, 'sum', 'durationSeconds'), left * secondsOfDay),
    wonCount,
    lostCount,
    conversionRate: quotient(wonCount, wonCount + lostCount),
  }
}

/**
 * Visits of stages: how long they took, and what came of those who were there.
 *
 * @throws TrellisError `BAD_INPUT` for a question that no report answers
 */
export async function stageReport(
  { by, period, filter }: RequireFields<QueryStageReportArgs, 'by'>,
  context: Context,
) {
  const named = dimensionsOf(by, name => dimensions[name])
  const entered = within(period, 'instant')
  const cells = await readReport({
    counted: context.loaders.stageHistories,
    filters: [{ opportunity: { deletedAt: { isNull: true } } }, entered && { enteredAt: entered }, filter],
    by: named.map(([, dimension]) => dimension),
    period,
    measures: { sum: ['durationSeconds'], countValues: ['durationSeconds'] },
    pivot: { path: 'opportunity.stage.type', values: ['WON', 'LOST'] },
  })
  const rows = await rowsOf(cells, { context, by: named, period, figures: figuresOf, greatest: 'visits' })
  return { dimensions: by, rows }
}

/** What the resolvers of a stage report are given, by codegen.yml. @public */
export type StageReportModel = Awaited<ReturnType<typeof stageReport>>
