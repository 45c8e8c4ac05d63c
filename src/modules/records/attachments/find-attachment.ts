import { type Context, type Records, TrellisError } from '@trellis/sdk'

type Attachment = Records['Attachment']

/**
 * The attachment, as far as the viewer may see it.
 *
 * @throws TrellisError `NOT_FOUND`: with status 404 where there is none, or none that the viewer may see; with 410
 * where it is deleted
 */
export async function findAttachment({ loaders }: Context, id: string): Promise<Attachment> {
  const attachment = await loaders.attachments.byId.load(id)
  if (!attachment)
    throw new TrellisError(
      'NOT_FOUND',
      `There is no Attachment ${JSON.stringify(id.slice(0, 60))}, or none that you may see.`,
    )
  if (attachment.deletedAt)
    throw new TrellisError('NOT_FOUND', `Attachment ${id} is deleted; restore it first.`, {
      extensions: { http: { status: 410 } },
    })
  return attachment
}
