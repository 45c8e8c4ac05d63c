import { type DataContext, type Services, TrellisError } from '@trellis/sdk'
import { sql } from 'kysely'
import { findAttachment } from './find-attachment.ts'

/** Bytes that have come in for an attachment. */
export interface ReceivedContent {
  readonly id: string
  readonly size: number
  /** In hexadecimal digits. */
  readonly sha256: string
  /** Puts them where the storage has the attachment's, under its id. */
  readonly keep: () => Promise<void>
}

declare module '@trellis/sdk' {
  interface AttachmentsService {
    /**
     * Gives an attachment its content, once for all.
     *
     * @returns whether it is new; false where the attachment has the very same already
     * @throws TrellisError `CONFLICT` when the attachment has another content; `NOT_FOUND`; `FORBIDDEN`
     */
    receive(content: ReceivedContent): Promise<boolean>
  }
}

export const otherContent = (id: string): TrellisError =>
  new TrellisError(
    'CONFLICT',
    `Attachment ${id} has its content, which never changes, and what was sent is another. Create an attachment for it.`,
  )

/** What is special about writing attachments: their content comes after them. */
export const attachmentService = (context: DataContext): Partial<Services['attachments']> => ({
  async receive({ id, size, sha256, keep }) {
    // Of two uploads at once, the second waits here and finds what the first has brought.
    await sql`select from "Attachment" where id = ${id} for no key update`.execute(context.database())
    const attachment = await findAttachment(context, id)
    if (attachment.sha256 === sha256) return false
    if (attachment.sha256 !== null) throw otherContent(id)
    await context.services.attachments.set(
      { id },
      { size, sha256, storageKey: id, uploadedAt: context.now() },
    )
    // Last, since it is the one thing that a failure would not take back.
    await keep()
    return true
  },
})
