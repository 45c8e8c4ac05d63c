import type { Context } from '@trellis/sdk'
import type { FeedbackDimension, QueryFeedbackReportArgs, RequireFields } from '../../generated/resolvers.ts'
import type { Dimension } from './dimension.ts'
import { measured } from './figures.ts'
import { within } from './period.ts'
import { quotient } from './quotient.ts'
import { type Cells, dimensionsOf, readReport } from './read-report.ts'
import { rowsOf } from './rows.ts'

const dimensions: Readonly<Record<FeedbackDimension, Dimension>> = {
  PERIOD: { path: 'createdAt', isPeriod: true },
  RATING: { path: 'rating' },
  SENTIMENT: { path: 'sentiment' },
  OWNER: { path: 'owner', records: 'users' },
  TEAM: { path: 'team', records: 'teams' },
  CUSTOMER: { path: 'customer', records: 'customers' },
  INDUSTRY: { path: 'customer.industry' },
}

function figuresOf({ whole, parts }: Cells) {
  const positive = parts.get('POSITIVE')?.count ?? 0
  return {
    count: whole.count,
    averageRating: measured(whole, 'avg', 'rating'),
    positive,
    neutral: parts.get('NEUTRAL')?.count ?? 0,
    negative: parts.get('NEGATIVE')?.count ?? 0,
    positiveRate: quotient(positive, whole.count),
  }
}

/**
 * Feedback: how many, and how content.
 *
 * @throws TrellisError `BAD_INPUT` for a question that no report answers
 */
export async function feedbackReport(
  { by, period, filter }: RequireFields<QueryFeedbackReportArgs, 'by'>,
  context: Context,
) {
  const named = dimensionsOf(by, name => dimensions[name])
  const given = within(period, 'instant')
  const cells = await readReport({
    counted: context.loaders.feedbacks,
    filters: [given && { createdAt: given }, filter],
    by: named.map(([, dimension]) => dimension),
    period,
    measures: { avg: ['rating'] },
    pivot: { path: 'sentiment', values: ['POSITIVE', 'NEUTRAL', 'NEGATIVE'] },
  })
  const rows = await rowsOf(cells, { context, by: named, period, figures: figuresOf, greatest: 'count' })
  return { dimensions: by, rows }
}

/** What the resolvers of a feedback report are given, by codegen.yml. @public */
export type FeedbackReportModel = Awaited<ReturnType<typeof feedbackReport>>
