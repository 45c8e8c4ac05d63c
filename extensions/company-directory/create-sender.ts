import { createHmac, timingSafeEqual } from 'node:crypto'
import { TrellisError } from '@trellis/sdk'

/** Who says that companies have changed: the directory, by its signature. */
export interface CompanyDirectorySender {
  /** @throws TrellisError `UNAUTHENTICATED` when the text is not signed, or was a while ago */
  verify(headers: Pick<Headers, 'get'>, text: string, now: Date): void
}

declare module '@trellis/sdk' {
  interface Loaders {
    readonly companyDirectorySender: CompanyDirectorySender
  }
}

/** What was overheard is not taken again after this. */
const toleranceSeconds = 300

/** @throws Error when nothing, or next to nothing, would be the key: anybody could sign with that */
function keyOf(webhookSecret: string): Buffer {
  const [, text = ''] = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(webhookSecret) ?? []
  const key = Buffer.from(text, 'base64')
  if (key.length >= 24 && key.length <= 64) return key
  throw new Error('The secret webhookSecret has to be whsec_ and the Base64 of 24 to 64 random bytes.')
}

/**
 * Verifies signatures by Standard Webhooks (https://www.standardwebhooks.com).
 *
 * @throws Error when the secret is not as these have it
 */
export function createSender(webhookSecret: string): CompanyDirectorySender {
  const key = keyOf(webhookSecret)
  return {
    verify(headers, text, now) {
      const id = headers.get('webhook-id') ?? ''
      const timestamp = headers.get('webhook-timestamp') ?? ''
      const expected = createHmac('sha256', key).update(`${id}.${timestamp}.${text}`).digest()
      const fits = (headers.get('webhook-signature') ?? '').split(' ').some(signature => {
        const given = Buffer.from(signature.replace(/^v1,/, ''), 'base64')
        return given.length === expected.length && timingSafeEqual(given, expected)
      })
      const ageSeconds = Math.abs(now.getTime() / 1000 - Number(timestamp))
      // A timestamp that is no number has no age that is small enough.
      if (!fits || !(ageSeconds <= toleranceSeconds))
        throw new TrellisError(
          'UNAUTHENTICATED',
          'The signature does not fit, or is older than five minutes.',
        )
    },
  }
}
