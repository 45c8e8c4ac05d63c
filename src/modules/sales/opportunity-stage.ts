import type { Change, Check, Records, UserError } from '@trellis/sdk'
import { firstStage } from './stages.ts'

type Opportunity = Records['Opportunity']
type Stage = Records['PipelineStage']

const refusal = ({ path }: Change<Opportunity>, field: string, code: string, message: string): UserError => ({
  code,
  message,
  path: [...path, field],
})

/** What a stage says about the opportunities in it, as far as the change does not say it itself. */
function fillIn(change: Change<Opportunity>, stage: Stage, now: Date): void {
  const { values } = change
  change.amend({
    stageId: stage.id,
    pipelineId: stage.pipelineId,
    ...(values.probability == null && { probability: stage.probability }),
    ...(values.forecastCategory == null && { forecastCategory: stage.forecastCategory }),
    ...(stage.type !== 'OPEN' && !values.closedAt && { closedAt: now }),
    ...(stage.type === 'OPEN' && change.before?.closedAt && { closedAt: null, lostReasonId: null }),
  })
}

function contradictions(change: Change<Opportunity>, stage: Stage, now: Date): readonly UserError[] {
  const { closedAt, lostReasonId } = change.values
  return [
    ...(closedAt && stage.type === 'OPEN'
      ? [refusal(change, 'closedAt', 'CONTRADICTION', `closedAt is given, but the stage "${stage.name}" is open.`)]
      : []),
    ...(closedAt && closedAt > now
      ? [refusal(change, 'closedAt', 'OUT_OF_RANGE', `closedAt is ${closedAt.toISOString()}, which is still to come.`)]
      : []),
    ...(lostReasonId && stage.type !== 'LOST'
      ? [refusal(change, 'lostReasonId', 'CONTRADICTION', `lostReasonId is given, but the stage "${stage.name}" is not a lost one.`)]
      : []),
  ]
}

/** Puts new and moved opportunities into a stage, and refuses what that stage contradicts. */
export const placeInStage: Check<Opportunity> = async (changes, context) => {
  const { loaders } = context
  const now = context.now()
  const usual = changes.some(({ action, values }) => action === 'create' && !values.stageId) ? await firstStage(context) : null
  const problems = changes.map(async change => {
    const { action, before, values } = change
    const given = values.stageId ?? before?.stageId
    const stage = given ? await loaders.pipelineStages.byId.load(given) : usual
    if (!stage) return [refusal(change, 'stageId', 'REQUIRED', 'There is no default pipeline with an open stage: give a stageId.')]
    const moved = action === 'create' || (values.stageId !== undefined && values.stageId !== before?.stageId)
    const refused = contradictions(change, stage, now)
    if (moved && refused.length === 0) fillIn(change, stage, now)
    return refused
  })
  return (await Promise.all(problems)).flat()
}
