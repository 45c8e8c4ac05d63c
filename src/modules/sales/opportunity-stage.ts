import type { Change, Check, Records, UserError } from '@trellis/sdk'
import { refusal } from '../../lib/refusal.ts'
import { saidOf } from '../../lib/will-be.ts'
import { firstStage } from './stages.ts'

type Opportunity = Records['Opportunity']
type Stage = Records['PipelineStage']

/** What a stage says about the opportunities in it, as far as the caller does not say it. */
function fillIn(change: Change<Opportunity>, stage: Stage, now: Date): void {
  const { before } = change
  const isSilent = (field: keyof Opportunity): boolean => saidOf(change, field) == null
  change.amend({
    stageId: stage.id,
    pipelineId: stage.pipelineId,
    ...(isSilent('probability') && { probability: stage.probability }),
    ...(isSilent('forecastCategory') && { forecastCategory: stage.forecastCategory }),
    ...(stage.type !== 'OPEN' && isSilent('closedAt') && { closedAt: now }),
    ...(stage.type === 'OPEN' && before?.closedAt && { closedAt: null }),
    ...(stage.type !== 'LOST' && before?.lostReasonId && { lostReasonId: null }),
  })
}

function contradictions(change: Change<Opportunity>, stage: Stage, now: Date): readonly UserError[] {
  const closedAt = saidOf(change, 'closedAt')
  const isDecided = stage.type !== 'OPEN'
  return [
    ...(closedAt && !isDecided
      ? [
          refusal(
            change,
            'closedAt',
            'CONTRADICTION',
            `closedAt is given, but the stage "${stage.name}" is open.`,
          ),
        ]
      : []),
    ...(change.values.closedAt === null && change.before?.closedAt && isDecided
      ? [
          refusal(
            change,
            'closedAt',
            'CONTRADICTION',
            `closedAt is null, but the stage "${stage.name}" is decided.`,
          ),
        ]
      : []),
    ...(closedAt instanceof Date && closedAt > now
      ? [
          refusal(
            change,
            'closedAt',
            'OUT_OF_RANGE',
            `closedAt is ${closedAt.toISOString()}, which is still to come.`,
          ),
        ]
      : []),
    ...(saidOf(change, 'lostReasonId') && stage.type !== 'LOST'
      ? [
          refusal(
            change,
            'lostReasonId',
            'CONTRADICTION',
            `lostReasonId is given, but the stage "${stage.name}" is not a lost one.`,
          ),
        ]
      : []),
  ]
}

/** Puts new and moved opportunities into a stage, and refuses what that stage contradicts. */
export const placeInStage: Check<Opportunity> = async (changes, context) => {
  const { loaders } = context
  const now = context.now()
  const usual = changes.some(({ action, values }) => action === 'create' && !values.stageId)
    ? await firstStage(context)
    : null
  const problems = changes.map(async change => {
    const { action, before, values } = change
    const given = values.stageId ?? before?.stageId
    const stage = given ? await loaders.pipelineStages.byId.load(given) : usual
    if (!stage)
      return [
        refusal(
          change,
          'stageId',
          'REQUIRED',
          'There is no default pipeline with an open stage: give a stageId.',
        ),
      ]
    const moved = action === 'create' || (values.stageId !== undefined && values.stageId !== before?.stageId)
    const refused = contradictions(change, stage, now)
    if (moved && refused.length === 0) fillIn(change, stage, now)
    return refused
  })
  return (await Promise.all(problems)).flat()
}
