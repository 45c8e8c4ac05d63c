import { defineModule, loadSchema } from '@trellis/sdk'
import { chooseActiveReason } from './active-lost-reason.ts'
import { checkOpportunityContacts } from './contacts/contact-check.ts'
import { takeOverPrimary } from './contacts/primary.ts'
import { correctStageTimes } from './correct-stage-times.ts'
import { keepDecided } from './decided.ts'
import { checkLeads } from './leads/lead-check.ts'
import { leadService } from './leads/service.ts'
import { placeInStage } from './opportunity-stage.ts'
import { takeOverDefault } from './pipelines/default-pipeline.ts'
import { checkPipelines } from './pipelines/pipeline-check.ts'
import { pipelineService } from './pipelines/service.ts'
import { checkStages } from './pipelines/stage-check.ts'
import { checkRestored, keepPipeline, keepStage } from './pipelines/stage-remains.ts'
import { followWithStages } from './pipelines/stages-of-deleted.ts'
import { resolvers } from './resolvers.ts'
import { opportunityService } from './service.ts'
import { checkStageHistory, recordStageHistory } from './stage-history.ts'

/** Leads, products, pipelines and opportunities: who may buy, what is sold, and how far each sale has come. */
export const sales = defineModule({
  name: 'sales',
  typeDefs: loadSchema(import.meta.url),
  resolvers,
  services: { opportunities: opportunityService, leads: leadService, pipelines: pipelineService },
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
  },
  effects: {
    Opportunity: async (changes, context) => {
      await recordStageHistory(changes, context)
      await correctStageTimes(changes, context)
      await keepStage(changes, context)
    },
    OpportunityContact: takeOverPrimary,
    Pipeline: async (changes, context) => {
      await takeOverDefault(changes, context)
      await followWithStages(changes, context)
    },
    PipelineStage: keepPipeline,
  },
})
