import type { Change, Check, Records, UserError } from '@trellis/sdk'
import { reachesAll } from '../../lib/reaches-all.ts'

type Opportunity = Records['Opportunity']

const told = ['stageId', 'closedAt', 'lostReasonId'] as const

const comparable = (value: Date | string | null | undefined): string | null =>
  value instanceof Date ? value.toISOString() : (value ?? null)

/** What the change says anew of how the opportunity was decided, or where it stands. */
const saidAnew = ({ before, values }: Change<Opportunity>): readonly string[] =>
  told.filter(
    field => before && values[field] !== undefined && comparable(values[field]) !== comparable(before[field]),
  )

/**
 * What is decided stays so: neither the stage nor the time nor the reason changes any more, unless whoever
 * reaches all opportunities imports them anew, from a system that knows better.
 */
export const keepDecided: Check<Opportunity> = async (changes, context) => {
  if (reachesAll(context, 'Opportunity')) return []
  const suspects = changes.filter(change => saidAnew(change).length > 0)
  const stages = await context.loaders.pipelineStages.byId.loadMany(
    suspects.map(({ before }) => before?.stageId ?? ''),
  )
  return suspects.flatMap((change, index): readonly UserError[] => {
    const stage = stages[index]
    if (!stage || stage.type === 'OPEN') return []
    const message = `Opportunity ${change.id} is in the stage "${stage.name}", so it is decided already.`
    return saidAnew(change).map(field => ({ code: 'CLOSED', message, path: [...change.path, field] }))
  })
}
