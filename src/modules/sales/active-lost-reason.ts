import type { Check, Records } from '@trellis/sdk'

type Opportunity = Records['Opportunity']

/** Refuses reasons that may not be chosen any more; an opportunity keeps the one it has. */
export const chooseActiveReason: Check<Opportunity> = async (changes, { loaders }) => {
  const chosen = changes.flatMap(({ before, path, values: { lostReasonId } }) =>
    lostReasonId && lostReasonId !== before?.lostReasonId ? [{ lostReasonId, path }] : [],
  )
  const reasons = await loaders.lostReasons.byId.loadMany(chosen.map(({ lostReasonId }) => lostReasonId))
  return chosen.flatMap(({ path }, index) => {
    const reason = reasons[index]
    if (!reason || reason.isActive) return []
    return [
      {
        code: 'INACTIVE',
        message: `The lost reason "${reason.name}" is not active any more; choose another one.`,
        path: [...path, 'lostReasonId'],
      },
    ]
  })
}
