import type { Resolvers } from '../../generated/resolvers.ts'
import { campaignReport } from './campaign-report.ts'
import { caseReport } from './case-report.ts'
import { chartOf } from './chart.ts'
import { describeReports } from './describe-reports.ts'
import { feedbackReport } from './feedback-report.ts'
import { pipelineReport } from './pipeline-report.ts'
import { salesReport } from './sales-report.ts'
import { stageReport } from './stage-report.ts'

export const resolvers: Resolvers = {
  Query: {
    reports: (_, __, ___, { schema }) => describeReports(schema),
    salesReport: (_, args, context) => salesReport(args, context),
    pipelineReport: (_, args, context) => pipelineReport(args, context),
    stageReport: (_, args, context) => stageReport(args, context),
    campaignReport: (_, args, context) => campaignReport(args, context),
    caseReport: (_, args, context) => caseReport(args, context),
    feedbackReport: (_, args, context) => feedbackReport(args, context),
  },
  SalesReport: { chart: ({ rows }, { measure }) => chartOf(rows, measure) },
  PipelineReport: { chart: ({ rows }, { measure }) => chartOf(rows, measure) },
  StageReport: { chart: ({ rows }, { measure }) => chartOf(rows, measure) },
  CampaignReport: { chart: ({ rows }, { measure }) => chartOf(rows, measure) },
  CaseReport: { chart: ({ rows }, { measure }) => chartOf(rows, measure) },
  FeedbackReport: { chart: ({ rows }, { measure }) => chartOf(rows, measure) },
}
