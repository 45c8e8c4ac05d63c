import type { Change, DataContext, Effect, Records, Services } from '@trellis/sdk'
import { breachesOf } from '../sla/standing.ts'
import { tellFailures } from '../sla/tell-failures.ts'
import { caseAfter } from './case-after.ts'

type Case = Records['Case']
type CaseChange = Change<Case>
type Entry = Parameters<Services['timeline']['record']>[0][number]

const isWritten = ({ before, values }: CaseChange, field: keyof Case): boolean =>
  before !== null && values[field] !== undefined && values[field] !== before[field]

/** Why, as far as whoever wrote it was asked. */
const reasonOf = ({ input: { reason } }: CaseChange) => (typeof reason === 'string' ? { reason } : {})

/** Who has the case now, and who had it. */
const placeOf = ({ before, values }: CaseChange) => ({
  ownerId: values.ownerId === undefined ? before?.ownerId : values.ownerId,
  teamId: values.teamId === undefined ? before?.teamId : values.teamId,
  formerOwnerId: before?.ownerId,
  formerTeamId: before?.teamId,
})

/** What happened to a case that was there before. */
function entriesOf(change: CaseChange): readonly Entry[] {
  const { id, before, values } = change
  const isEscalated = before !== null && values.status === 'ESCALATED'
  const isMoved = isWritten(change, 'status')
  const isGiven = isWritten(change, 'ownerId') || isWritten(change, 'teamId')
  return [
    ...(isMoved
      ? [
          {
            targetId: id,
            type: 'case.status_changed',
            title: `From ${before?.status} to ${values.status}`,
            ...(values.duplicateOfId && { relatedId: values.duplicateOfId }),
            data: { from: before?.status, to: values.status, ...(isEscalated ? {} : reasonOf(change)) },
          },
        ]
      : []),
    ...(isEscalated
      ? [{ targetId: id, type: 'case.escalated', data: { ...placeOf(change), ...reasonOf(change) } }]
      : []),
    ...(isGiven && !isEscalated ? [{ targetId: id, type: 'case.assigned', data: placeOf(change) }] : []),
  ]
}

/** Tells the timeline what happened to cases, and everybody whose promise was broken by a write. */
export const tellChanges: Effect<Case> = async (changes, context: DataContext) => {
  const { timeline } = context.services
  await timeline.record(changes.flatMap(entriesOf))
  const now = context.now()
  const failed = changes.filter(
    ({ before, values }) => values.slaStatus === 'FAILED' && before?.slaStatus !== 'FAILED',
  )
  await tellFailures(
    failed.map(change => ({ id: change.id, breaches: breachesOf(caseAfter(change, now), now) })),
    { author: context, timeline },
  )
}
