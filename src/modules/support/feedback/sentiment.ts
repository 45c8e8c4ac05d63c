import type { Check, Records } from '@trellis/sdk'

type Feedback = Records['Feedback']

/** How ratings from 1 to 5 sound. */
const sentiments: readonly Feedback['sentiment'][] = [
  'NEGATIVE',
  'NEGATIVE',
  'NEUTRAL',
  'POSITIVE',
  'POSITIVE',
]

/** Fills in how a feedback sounds by its rating, and anew when that changes, unless somebody says so. */
export const fillSentiments: Check<Feedback> = changes => {
  for (const change of changes) {
    const { before, values, input } = change
    const isNew = values.rating !== undefined && values.rating !== before?.rating
    const isSaid = (values.sentiment ?? input['sentiment'] ?? null) !== null
    const sentiment = values.rating === undefined ? undefined : sentiments[values.rating - 1]
    if (isNew && !isSaid && sentiment) change.amend({ sentiment })
  }
  return []
}
