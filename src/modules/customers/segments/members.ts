import type { Check, Records } from '@trellis/sdk'
import { refusal } from '../../../lib/refusal.ts'
import { willBe } from '../../../lib/will-be.ts'

type Member = Records['SegmentMember']

/** Refuses members of segments that find their customers by rules. */
export const checkMembers: Check<Member> = async (changes, { loaders }) => {
  const entering = changes.filter(({ action }) => action === 'create' || action === 'restore')
  const segments = await loaders.segments.byId.loadMany(
    entering.map(change => willBe(change, 'segmentId') ?? ''),
  )
  return entering.flatMap((change, index) => {
    const segment = segments[index]
    if (segment?.kind !== 'RULES') return []
    const message = `Segment "${segment.name}" is of kind RULES: its customers are those whom its rules fit.`
    return [refusal(change, 'segmentId', 'CONTRADICTION', message)]
  })
}
