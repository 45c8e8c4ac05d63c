import type { DataContext, Records, Services } from '@trellis/sdk'
import type {
  MutationOpportunityCloseArgs,
  MutationOpportunityMoveStageArgs,
} from '../../generated/resolvers.ts'
import { holdRecord } from '../../lib/hold-record.ts'
import { refuse } from './refuse.ts'
import { stagesOf } from './stages.ts'

type Opportunity = Records['Opportunity']

declare module '@trellis/sdk' {
  interface OpportunitiesService {
    /** Moves an open opportunity to an open stage of its pipeline. @throws UserErrors when it may not go there */
    moveStage(input: MutationOpportunityMoveStageArgs['input']): Promise<Opportunity>
    /** Decides an open opportunity. @throws UserErrors when it is decided already, or the input contradicts itself */
    close(input: MutationOpportunityCloseArgs['input']): Promise<Opportunity>
  }
}

/** What is special about writing opportunities: they go from stage to stage until they are decided. */
export function opportunityService(context: DataContext): Partial<Services['opportunities']> {
  const { loaders, services } = context

  /** The opportunity as it is once nobody else writes it; for those only who may change it. */
  const held = (id: string): Promise<Opportunity | null> =>
    holdRecord(context, { id, entity: 'Opportunity', load: key => loaders.opportunities.byId.load(key) })

  /** The opportunity, which has to be open, and its stage. Of two who decide it at once, the second finds it decided. */
  const open = async (id: string) => {
    const opportunity = await held(id)
    const stage = opportunity && (await loaders.pipelineStages.byId.load(opportunity.stageId))
    if (!opportunity || !stage)
      throw refuse(
        'id',
        'NOT_FOUND',
        `There is no Opportunity "${id.slice(0, 60)}", or none that you may see.`,
      )
    if (stage.type !== 'OPEN')
      throw refuse(
        'id',
        'CLOSED',
        `Opportunity ${id} is in the stage "${stage.name}", so it is decided already.`,
      )
    return { opportunity, stage }
  }

  return {
    async moveStage(input) {
      const { opportunity, stage: from } = await open(input.id)
      const to = await loaders.pipelineStages.byId.load(input.stageId)
      const allowed = (await stagesOf(context, opportunity.pipelineId)).filter(({ type }) => type === 'OPEN')
      if (!to || !allowed.some(({ id }) => id === to.id))
        throw refuse(
          'stageId',
          'INVALID_STAGE',
          `stageId is "${input.stageId.slice(0, 60)}"; the open stages of the pipeline are ${allowed.map(({ id, name }) => `${name} (${id})`).join(', ')}.`,
        )
      if (to.id === from.id)
        throw refuse('stageId', 'INVALID_STAGE', `The opportunity is in the stage "${to.name}" already.`)
      return services.opportunities.set(input, {
        stageId: to.id,
        probability: to.probability,
        forecastCategory: to.forecastCategory,
      })
    },

    async close({ outcome, lostReasonId, closedAt, ...input }) {
      const { opportunity } = await open(input.id)
      const stage = (await stagesOf(context, opportunity.pipelineId)).find(({ type }) => type === outcome)
      if (!stage)
        throw refuse(
          'outcome',
          'INVALID_STAGE',
          `The opportunity's pipeline has no stage of type ${outcome}.`,
        )
      if (outcome === 'LOST' && !lostReasonId)
        throw refuse('lostReasonId', 'REQUIRED', 'A lost opportunity needs a lostReasonId.')
      const { probability, forecastCategory } = stage
      return services.opportunities.set(input, {
        stageId: stage.id,
        probability,
        forecastCategory,
        lostReasonId: lostReasonId ?? null,
        closedAt: closedAt ?? context.now(),
      })
    },
  }
}
