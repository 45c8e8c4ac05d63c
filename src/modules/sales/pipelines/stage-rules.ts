import type { Change, Records, UserError } from '@trellis/sdk'
import { refusal } from '../../../lib/refusal.ts'
import { saidOf, willBe } from '../../../lib/will-be.ts'

type Stage = Records['PipelineStage']
type Followed = Pick<Stage, 'forecastCategory'> & { readonly probability: number | null }

/** What follows from a stage's type. */
const followed: Readonly<Record<Stage['type'], Followed>> = {
  OPEN: { probability: null, forecastCategory: 'PIPELINE' },
  WON: { probability: 100, forecastCategory: 'CLOSED' },
  LOST: { probability: 0, forecastCategory: 'OMITTED' },
}

/** Fills in what follows from the type, and refuses what contradicts it. */
export function followType(change: Change<Stage>): readonly UserError[] {
  const type = willBe(change, 'type') ?? 'OPEN'
  const { probability, forecastCategory } = followed[type]
  const isNewType = change.before === null || change.before.type !== type
  if (isNewType && saidOf(change, 'forecastCategory') == null) change.amend({ forecastCategory })
  const said = saidOf(change, 'probability')
  if (probability === null) {
    if (change.action !== 'create' || said != null) return []
    return [refusal(change, 'probability', 'REQUIRED', 'A stage of type OPEN needs a probability.')]
  }
  if (typeof said === 'number' && said !== probability) {
    const message = `probability is ${said}, but that of a stage of type ${type} is ${probability}.`
    return [refusal(change, 'probability', 'OUT_OF_RANGE', message)]
  }
  if (willBe(change, 'probability') !== probability) change.amend({ probability })
  return []
}
