import type { Join, Records } from '@trellis/sdk'

type Member = Records['CampaignMember']

/** From those that say least of the person; what came back came to another address. */
const statuses: readonly Member['status'][] = [
  'BOUNCED',
  'PLANNED',
  'SENT',
  'OPENED',
  'CLICKED',
  'RESPONDED',
  'CONVERTED',
  'OPTED_OUT',
]

const earlier = (one: Date | null, other: Date | null): Date | null =>
  one && other ? (one < other ? one : other) : (one ?? other)

/** A campaign addressed both of two who are one: who opted out stays so, or else what went furthest counts. */
export const joinMembers: Join<Member> = (kept, surplus) => ({
  status: statuses.indexOf(surplus.status) > statuses.indexOf(kept.status) ? surplus.status : kept.status,
  respondedAt: earlier(kept.respondedAt, surplus.respondedAt),
})
