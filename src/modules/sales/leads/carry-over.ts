import type { DataContext } from '@trellis/sdk'
import { leaveWord, wordsOf } from '../../../lib/outbox.ts'
import { copyActivityEvents } from './copy-events.ts'
import { moveTo, takePart } from './move-to.ts'
import { type Join, pointAlso } from './point-also.ts'

/** A lead and what it became. */
export interface Became {
  readonly leadId: string
  readonly customerId: string
  readonly contactId: string | null
  readonly opportunityId: string | null
}

/** How much of what hung on the lead hangs on what it became. */
export interface Carried {
  readonly activities: number
  readonly notes: number
  readonly attachments: number
  readonly tags: number
}

const activityTargets: Join = { table: 'ActivityTarget', prefix: 'atg', key: 'activityId' }
const taggings: Join = { table: 'Tagging', prefix: 'tgg', key: 'tagId' }

/**
 * Carries over what hangs on a lead, in a number of statements that does not depend on how much that is: its activities
 * are also about the contact and the opportunity, its tags are also on the contact, its notes and files go there. Where
 * there is no contact, the customer takes its place. It is all of it, whoever may see which part.
 */
export async function carryOver(became: Became, context: DataContext): Promise<Carried> {
  const { leadId, customerId, contactId, opportunityId } = became
  const heir = contactId ?? customerId
  const about = [heir, opportunityId].filter(id => id !== null)
  const activities = await pointAlso(activityTargets, leadId, about, context)
  await copyActivityEvents(leadId, about, context)
  const tags = await pointAlso(taggings, leadId, [heir], context)
  const notes = await moveTo(heir, 'Note', leadId, context)
  const attachments = await moveTo(heir, 'Attachment', leadId, context)
  const attendees = contactId ? await takePart(contactId, leadId, context) : []
  await leaveWord(
    [
      ...wordsOf('activityTarget.created', activities.ids, ['activityId', 'targetId']),
      ...wordsOf('tagging.created', tags.ids, ['tagId', 'targetId']),
      ...wordsOf('note.updated', notes, ['targetId']),
      ...wordsOf('attachment.updated', attachments, ['targetId']),
      ...wordsOf('activityAttendee.updated', attendees, ['contactId', 'leadId']),
    ],
    context,
  )
  return {
    activities: activities.count,
    notes: notes.length,
    attachments: attachments.length,
    tags: tags.count,
  }
}
