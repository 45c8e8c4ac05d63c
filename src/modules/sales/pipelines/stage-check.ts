import type { Check, Records, UserError } from '@trellis/sdk'
import { refusal } from '../../../lib/refusal.ts'
import { takenPairs } from '../../../lib/taken-pairs.ts'
import { willBe } from '../../../lib/will-be.ts'
import { followType } from './stage-rules.ts'
import { checkUse } from './stage-use.ts'

type Stage = Records['PipelineStage']

/** Refuses a code that another stage of the pipeline has. */
const checkCodes: Check<Stage> = async (changes, context) => {
  const coded = changes.filter(({ before, values: { code } }) => code !== undefined && code !== before?.code)
  const taken = await takenPairs(
    coded.map(change => ({
      id: change.id,
      pair: [willBe(change, 'pipelineId') ?? '', change.values.code ?? ''],
    })),
    {
      database: context.database(),
      table: 'PipelineStage',
      columns: ['pipelineId', 'code'],
      deletedKeep: true,
    },
  )
  return coded.flatMap((change): readonly UserError[] => {
    const holder = taken.get(change.id)
    if (holder === undefined) return []
    const message = `code is "${change.values.code ?? ''}", which another stage of the pipeline has, ${holder}.`
    return [refusal(change, 'code', 'TAKEN', message)]
  })
}

/** Keeps the stages of pipelines sound, however they are edited. */
export const checkStages: Check<Stage> = async (changes, context) => [
  ...changes
    .filter(({ action }) => action === 'create' || action === 'update')
    .flatMap(change => followType(change)),
  ...(await checkCodes(changes, context)),
  ...(await checkUse(changes, context)),
]
