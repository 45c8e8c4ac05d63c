import type { Check, Records } from '@trellis/sdk'
import { followType } from './stage-rules.ts'
import { checkUse } from './stage-use.ts'

type Stage = Records['PipelineStage']

/** Keeps the stages of pipelines sound, however they are edited. */
export const checkStages: Check<Stage> = async (changes, context) => [
  ...changes
    .filter(({ action }) => action === 'create' || action === 'update')
    .flatMap(change => followType(change)),
  ...(await checkUse(changes, context)),
]
