import { defineModule, loadSchema } from '@trellis/sdk'
import { chooseActiveReason } from './active-lost-reason.ts'
import { correctStageTimes } from './correct-stage-times.ts'
import { keepDecided } from './decided.ts'
import { placeInStage } from './opportunity-stage.ts'
import { resolvers } from './resolvers.ts'
import { opportunityService } from './service.ts'
import { recordStageEvents } from './stage-events.ts'
import { checkStageHistory, recordStageHistory } from './stage-history.ts'

/** Products, pipelines and opportunities: what is sold, and how far each sale has come. */
export const sales = defineModule({
  name: 'sales',
  typeDefs: loadSchema(import.meta.url),
  resolvers,
  services: { opportunities: opportunityService },
  checks: {
    Opportunity: async (changes, context) => [
      // Before the stage fills in what follows from it: what the caller says is looked at here.
      ...(await keepDecided(changes, context)),
      ...(await chooseActiveReason(changes, context)),
      ...(await placeInStage(changes, context)),
      ...(await checkStageHistory(changes, context)),
    ],
  },
  effects: {
    Opportunity: async (changes, context) => {
      await recordStageHistory(changes, context)
      await correctStageTimes(changes, context)
      await recordStageEvents(changes, context)
    },
  },
})
