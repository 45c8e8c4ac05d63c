import {
  type Context,
  type Records,
  type Route,
  type RouteRequest,
  type RouteResponse,
  TrellisError,
} from '@trellis/sdk'
import { digestsIn } from './content-digest.ts'
import { findAttachment } from './find-attachment.ts'
import { parseMediaType } from './media-type.ts'
import { createMeter, type Measured, tooLarge } from './meter.ts'
import { otherContent } from './service.ts'

type Attachment = Records['Attachment']

const refuse = (status: number, message: string): TrellisError =>
  new TrellisError('BAD_REQUEST', message, { extensions: { http: { status } } })

/** The right to change what it hangs on. @throws TrellisError `FORBIDDEN` */
async function assertWritable({ loaders, rights }: Context, { targetId }: Attachment): Promise<void> {
  const target = await loaders.targets.byId.load(targetId)
  if (target) rights.assert('update', target)
}

/** Refuses what is not the whole file as it is, and what says that it is something else. */
function assertFitting(headers: RouteRequest['headers'], { mimeType }: Attachment): void {
  const encoding = headers.get('content-encoding')
  if (encoding !== null && encoding.toLowerCase() !== 'identity')
    throw refuse(
      415,
      `The content-encoding is ${JSON.stringify(encoding.slice(0, 40))}; send the file as it is.`,
    )
  if (headers.has('content-range')) throw refuse(400, 'A content-range was sent; send the file as a whole.')
  const given = headers.get('content-type')
  if (given === null || parseMediaType(given)?.essence === parseMediaType(mimeType)?.essence) return
  throw refuse(
    415,
    `The content-type is ${JSON.stringify(given.slice(0, 100))}, but the attachment was created as ${mimeType}. Send that, or none.`,
  )
}

const answer = (status: 200 | 201, id: string, { size, sha256 }: Measured): RouteResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', etag: `"${sha256}"` },
  body: JSON.stringify({ id, size, sha256 }),
})

/** Reads the bytes for what they come to, and lets them go. */
async function readThrough(bytes: AsyncIterable<Uint8Array>): Promise<void> {
  for await (const _ of bytes);
}

/**
 * Takes an attachment's bytes in. The limit and the digest are held against them as they come; the transaction,
 * which says that they are there, begins when they are.
 */
export const upload: Route['handle'] = async ({ parameters, headers, body }, context) => {
  const attachment = await findAttachment(context, parameters['id'] ?? '')
  await assertWritable(context, attachment)
  assertFitting(headers, attachment)
  const { id, size, sha256 } = attachment
  const limit = context.settings.attachments.limitBytes
  const declared = headers.get('content-length')
  if (Number(declared) > limit) throw tooLarge(limit)
  const meter = createMeter(limit, digestsIn(headers))

  if (sha256 !== null) {
    if (declared !== null && Number(declared) !== size) throw otherContent(id)
    await readThrough(meter.through(body))
    const measured = meter.result()
    if (measured.sha256 !== sha256) throw otherContent(id)
    return answer(200, id, measured)
  }
  await using staged = await context.storage.stage(id, meter.through(body))
  const measured = meter.result()
  const isNew = await context.transaction(({ services }) =>
    services.attachments.receive({ id, ...measured, keep: () => staged.keep() }),
  )
  return answer(isNew ? 201 : 200, id, measured)
}
