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

/** Verifies signatures by Standard Webhooks (https://www.standardwebhooks.com). */
export function createSender(webhookSecret: string): CompanyDirectorySender {
  const key = Buffer.from(webhookSecret.replace(/^whsec_/, ''), 'base64')
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
