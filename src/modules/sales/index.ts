import { defineModule, loadSchema } from '@trellis/sdk'
import { chooseActiveReason } from './active-lost-reason.ts'
import { checkApprovals } from './approvals/approval-check.ts'
import { followQuestions } from './approvals/approval-effect.ts'
import { followRules } from './approvals/rule-effect.ts'
import { approvalService } from './approvals/service.ts'
import { checkOpportunityContacts } from './contacts/contact-check.ts'
import { joinOpportunityContacts } from './contacts/join-contacts.ts'
import { takeOverPrimary } from './contacts/primary.ts'
import { correctStageTimes } from './correct-stage-times.ts'
import { keepDecided } from './decided.ts'
import { keepConverted } from './keep-converted.ts'
import { checkLeads } from './leads/lead-check.ts'
import { leadService } from './leads/service.ts'
import { placeInStage } from './opportunity-stage.ts'
import { checkDocuments } from './orders/document-check.ts'
import { followDocuments } from './orders/document-effect.ts'
import { orders, quotes } from './orders/document-kind.ts'
import { checkLines } from './orders/line-check.ts'
import { followLines } from './orders/line-effect.ts'
import { fillOrderedAt } from './orders/ordered-at.ts'
import { checkValidity } from './orders/quote-validity.ts'
import { checkQuoted } from './orders/quoted.ts'
import { orderService, quoteService } from './orders/service.ts'
import { takeOverDefault } from './pipelines/default-pipeline.ts'
import { checkPipelines } from './pipelines/pipeline-check.ts'
import { pipelineService } from './pipelines/service.ts'
import { checkStages } from './pipelines/stage-check.ts'
import { checkRestored, keepPipeline, keepStage } from './pipelines/stage-remains.ts'
import { followWithStages } from './pipelines/stages-of-deleted.ts'
import { resolvers } from './resolvers.ts'
import { opportunityService } from './service.ts'
import { recordStageEvents } from './stage-events.ts'
import { checkStageHistory, recordStageHistory } from './stage-history.ts'
import { attainmentLoader } from './targets/attainment.ts'
import { checkTargets } from './targets/target-check.ts'

/** Leads, products, pipelines and opportunities, quotes and orders: who may buy, what is sold, and how far each sale has come. */
export const sales = defineModule({
  name: 'sales',
  typeDefs: loadSchema(import.meta.url),
  resolvers,
  loaders: { attainments: attainmentLoader },
  services: {
    opportunities: opportunityService,
    leads: leadService,
    pipelines: pipelineService,
    quotes: quoteService,
    orders: orderService,
    approvals: approvalService,
  },
  checks: {
    Opportunity: async (changes, context) => [
      // Before the stage fills in what follows from it: what the caller says is looked at here.
      ...(await keepDecided(changes, context)),
      ...(await chooseActiveReason(changes, context)),
      ...(await placeInStage(changes, context)),
      ...(await checkStageHistory(changes, context)),
      ...(await checkRestored(changes, context)),
    ],
    OpportunityContact: checkOpportunityContacts,
    Lead: checkLeads,
    Pipeline: checkPipelines,
    PipelineStage: checkStages,
    Quote: checkDocuments(quotes, checkValidity),
    QuoteLine: checkLines(quotes),
    Order: checkDocuments(orders, checkQuoted, fillOrderedAt),
    OrderLine: checkLines(orders),
    Approval: checkApprovals,
    SalesTarget: checkTargets,
  },
  merges: { Lead: keepConverted },
  joins: { OpportunityContact: joinOpportunityContacts },
  effects: {
    Opportunity: async (changes, context) => {
      await recordStageHistory(changes, context)
      await correctStageTimes(changes, context)
      await recordStageEvents(changes, context)
      await keepStage(changes, context)
    },
    OpportunityContact: takeOverPrimary,
    Pipeline: async (changes, context) => {
      await takeOverDefault(changes, context)
      await followWithStages(changes, context)
    },
    PipelineStage: keepPipeline,
    Quote: followDocuments(quotes),
    QuoteLine: followLines(quotes),
    Order: followDocuments(orders),
    OrderLine: followLines(orders),
    ApprovalRule: followRules,
    Approval: followQuestions,
  },
})
