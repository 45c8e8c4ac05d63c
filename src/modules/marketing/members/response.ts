import type { Change, Records, UserError } from '@trellis/sdk'
import { refusal } from '../../../lib/refusal.ts'
import { willBe } from '../../../lib/will-be.ts'

type Member = Records['CampaignMember']

/** Statuses of those who responded, at some time. */
const responded: ReadonlySet<string | undefined> = new Set<Member['status']>(['RESPONDED', 'CONVERTED'])

/** Fills in when somebody responded whose status says so, and refuses what cannot be. */
export function checkResponse(change: Change<Member>, now: Date): readonly UserError[] {
  const { before, values } = change
  const { respondedAt } = values
  if (respondedAt && respondedAt > now) {
    const message = `respondedAt is ${respondedAt.toISOString()}, which is still to come.`
    return [refusal(change, 'respondedAt', 'OUT_OF_RANGE', message)]
  }
  const status = willBe(change, 'status')
  if (!responded.has(status) || willBe(change, 'respondedAt')) return []
  if (before?.respondedAt && respondedAt === null) {
    const message = `respondedAt is null, but status is ${String(status)}, of those who responded.`
    return [refusal(change, 'respondedAt', 'CONTRADICTION', message)]
  }
  change.amend({ respondedAt: now })
  return []
}
