import type { Check, Records } from '@trellis/sdk'
import { refusal } from '../../../lib/refusal.ts'
import { isTakenOver } from '../../../lib/taken-over.ts'
import { caseStates } from './states.ts'

/** Lets cases take the steps that their states allow. Whoever reaches all of them may take over any state from another system. */
export const checkTransitions: Check<Records['Case']> = (changes, context) =>
  changes.flatMap(change => {
    const { action, before, values, input } = change
    const to = values.status ?? (action === 'create' ? 'NEW' : undefined)
    if (to === undefined || isTakenOver(change, context, 'Case')) return []
    const message = caseStates.refusal(before?.status ?? null, to)
    if (message === null) return []
    return [refusal(change, 'status' in input ? 'status' : 'id', 'INVALID_TRANSITION', message)]
  })
