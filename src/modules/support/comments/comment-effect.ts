import type { Change, DataContext, Effect, Records } from '@trellis/sdk'
import { caseOf, isSaid } from './comment-check.ts'

type CaseComment = Records['CaseComment']

/** Tells the timelines of cases that somebody commented, and not what. */
const tell = (changes: readonly Change<CaseComment>[], { services }: DataContext): Promise<void> =>
  services.timeline.record(
    changes
      .filter(({ action }) => action === 'create')
      .map(change => ({
        targetId: caseOf(change),
        type: 'case.commented',
        data: { commentId: change.id, isInternal: change.values.isInternal ?? false },
      })),
  )

/** Responds to the cases that nobody has responded to. */
async function respond(caseIds: readonly string[], context: DataContext): Promise<void> {
  const cases = await context.loaders.cases.byId.loadMany([...new Set(caseIds)])
  const firstRespondedAt = context.now()
  const waiting = cases.flatMap(found =>
    found && !found.firstRespondedAt ? [{ id: found.id, values: { firstRespondedAt } }] : [],
  )
  if (waiting.length > 0) await context.services.cases.setMany(waiting)
}

/** The first comment that is not internal responds to its case. */
export const followComments: Effect<CaseComment> = async (changes, context) => {
  await tell(changes, context)
  await respond(changes.filter(isSaid).map(caseOf), context)
}
