import { type Records, type Route, TrellisError } from '@trellis/sdk'
import { create as contentDisposition } from 'content-disposition'
import { rangeIn } from './byte-range.ts'
import { findAttachment } from './find-attachment.ts'
import { parseMediaType } from './media-type.ts'

type Attachment = Records['Attachment']

/** Whatever the file is: it is saved rather than shown, and where it is shown all the same it can do nothing. */
const harmless = {
  'content-security-policy': "default-src 'none'; sandbox; frame-ancestors 'none'",
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
} as const

const headersOf = ({ fileName, mimeType }: Attachment) => ({
  ...harmless,
  'content-type': parseMediaType(mimeType)?.toString() ?? 'application/octet-stream',
  'content-disposition': contentDisposition(fileName.toWellFormed()),
})

/** Whether the client has it already, as of RFC 9110: a list of entity tags, weak or not, or any. */
const isKnown = (ifNoneMatch: string | null, etag: string): boolean =>
  (ifNoneMatch ?? '').split(',').some(tag => ['*', etag].includes(tag.trim().replace(/^W\//, '')))

/** The bytes of an attachment, for whom its record is visible. */
export const download: Route['handle'] = async ({ parameters, headers, method }, context) => {
  const attachment = await findAttachment(context, parameters['id'] ?? '')
  const { id, storageKey, sha256 } = attachment
  if (storageKey === null || sha256 === null)
    throw new TrellisError('NOT_FOUND', `Attachment ${id} has no content: nobody has sent any.`)
  const etag = `"${sha256}"`
  // Content never changes, but whether it may be seen does: to be asked again each time, which costs no bytes.
  const caching = { etag, 'cache-control': 'private, no-cache' }
  if (isKnown(headers.get('if-none-match'), etag)) return { status: 304, headers: caching }

  const size = attachment.size ?? 0
  const stored = await context.storage.stat(storageKey)
  if (stored?.size !== size)
    throw new Error(`The storage has ${stored?.size ?? 'no'} bytes for ${id}, which has ${size}.`)
  const range = method === 'GET' ? rangeIn(headers, { size, etag }) : null
  const length = range ? range.last - range.first + 1 : size
  return {
    status: range ? 206 : 200,
    headers: {
      ...headersOf(attachment),
      ...caching,
      'accept-ranges': 'bytes',
      'content-length': String(length),
      'repr-digest': `sha-256=:${Buffer.from(sha256, 'hex').toString('base64')}:`,
      ...(range && { 'content-range': `bytes ${range.first}-${range.last}/${size}` }),
    },
    body: context.storage.get(storageKey, range ?? undefined),
  }
}
