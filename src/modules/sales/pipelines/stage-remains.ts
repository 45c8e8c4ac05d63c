import type { Check, Effect, Records } from '@trellis/sdk'
import { recordRefusal } from '../../../lib/refusal.ts'
import { holdWhole } from './hold-whole.ts'

type Opportunity = Records['Opportunity']
type Stage = Records['PipelineStage']

/** Refuses to bring an opportunity back into a stage that is gone. */
export const checkRestored: Check<Opportunity> = async (changes, { loaders }) => {
  const restored = changes.filter(({ action }) => action === 'restore')
  const stages = await loaders.pipelineStages.byId.loadMany(
    restored.map(({ before }) => before?.stageId ?? ''),
  )
  return restored.flatMap((change, index) => {
    const stage = stages[index]
    if (!stage?.deletedAt) return []
    const message = `The stage "${stage.name}" of opportunity ${change.id} is deleted; restore it first.`
    return [recordRefusal(change, 'INVALID_STAGE', message)]
  })
}

/**
 * Holds the stages that opportunities have come to, and refuses one that somebody has deleted in the meantime: whoever
 * deletes a stage either finds the opportunity in it, or is found here.
 */
export const keepStage: Effect<Opportunity> = (changes, context) =>
  holdWhole(
    changes.flatMap(change => {
      const { action, before, values } = change
      if (action === 'restore') return [{ change, id: before?.stageId ?? '' }]
      return values.stageId && values.stageId !== before?.stageId ? [{ change, id: values.stageId }] : []
    }),
    { table: 'PipelineStage', field: 'stageId', code: 'INVALID_STAGE' },
    context,
  )

/** The same of the pipelines that stages are made in. */
export const keepPipeline: Effect<Stage> = (changes, context) =>
  holdWhole(
    changes.flatMap(change =>
      change.action === 'create' ? [{ change, id: change.values.pipelineId ?? '' }] : [],
    ),
    { table: 'Pipeline', field: 'pipelineId', code: 'NOT_FOUND' },
    context,
  )
