import type { Change, Check, Records, UserError } from '@trellis/sdk'
import { refusal } from '../../../lib/refusal.ts'
import { willBe } from '../../../lib/will-be.ts'
import { convertedLeadMessage } from './converted-lead.ts'
import { isOptedOut } from './opted-out.ts'
import { type Membership, membershipsOf } from './people.ts'
import { checkResponse } from './response.ts'

type Member = Records['CampaignMember']

/** A member stands for one. */
function checkOne(change: Change<Member>): readonly UserError[] {
  if (change.action !== 'create') return []
  const { leadId, contactId } = change.values
  if (leadId && contactId)
    return [
      refusal(
        change,
        'contactId',
        'CONTRADICTION',
        'leadId and contactId are given; a member is one of them.',
      ),
    ]
  if (leadId || contactId) return []
  return [
    refusal(
      change,
      'contactId',
      'REQUIRED',
      'Neither leadId nor contactId is given; a member is one of them.',
    ),
  ]
}

/** Whether somebody is to be addressed now who was not before. */
const isPlanned = (change: Change<Member>): boolean =>
  (willBe(change, 'status') ?? 'PLANNED') === 'PLANNED' && change.before?.status !== 'PLANNED'

/** Refuses those who are not to be addressed. */
function checkPerson({ change, campaign, lead, contact }: Membership): readonly UserError[] {
  if (change.action === 'create' && lead?.status === 'CONVERTED')
    return [refusal(change, 'leadId', 'CONVERTED', convertedLeadMessage(lead))]
  const person = lead ?? contact
  if (!person || !campaign || !isPlanned(change) || !isOptedOut(campaign.type, person)) return []
  const message = `${person.id} asked not to be addressed by campaigns of type ${campaign.type}; any status but PLANNED may be kept.`
  if (change.action === 'update') return [refusal(change, 'status', 'OPTED_OUT', message)]
  return [refusal(change, lead ? 'leadId' : 'contactId', 'OPTED_OUT', message)]
}

/** Keeps members sound: each stands for one who may be addressed, and tells when they responded. */
export const checkMembers: Check<Member> = async (changes, context) => {
  const written = changes.filter(({ action }) => action === 'create' || action === 'update')
  const addressed = written.filter(change => change.action === 'create' || isPlanned(change))
  const now = context.now()
  return [
    ...written.flatMap(change => [...checkOne(change), ...checkResponse(change, now)]),
    ...(await membershipsOf(addressed, context)).flatMap(membership => checkPerson(membership)),
  ]
}
