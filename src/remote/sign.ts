import { createHmac, timingSafeEqual } from 'node:crypto'

/** What a signature vouches for. */
export interface Signed {
  /** The same for all attempts of one call. */
  readonly id: string
  /** Seconds since 1970. */
  readonly timestamp: number
  readonly method: string
  /** With the query string. */
  readonly path: string
  readonly viewerId: string
  readonly viewerRole: string
  /** The body's bytes, which are JSON. */
  readonly body: string
}

/**
 * Headers by Standard Webhooks (https://www.standardwebhooks.com). The scheme signs a text; here that is a JSON array of all
 * that must not be changed on the way, with the body as it is sent in it, so that any library of the scheme verifies it.
 */
export function signatureHeaders(secrets: readonly string[], signed: Signed): Record<string, string> {
  if (secrets.length === 0) return {}
  const { id, timestamp, method, path, viewerId, viewerRole, body } = signed
  const head = [method, path, viewerId, viewerRole].map(text => JSON.stringify(text)).join(',')
  const text = `${id}.${timestamp}.[${head},${body}]`
  const signatureBy = (secret: string): string => {
    const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
    return `v1,${createHmac('sha256', key).update(text).digest('base64')}`
  }
  return {
    'webhook-id': id,
    'webhook-timestamp': String(timestamp),
    'webhook-signature': secrets.map(signatureBy).join(' '),
  }
}

/** Whether one of the signatures of a header is by one of these secrets. How long a request may be under way, the receiver decides. */
export function isSignedBy(secrets: readonly string[], signature: string, signed: Signed): boolean {
  const expected = (signatureHeaders(secrets, signed)['webhook-signature'] ?? '').split(' ')
  return signature.split(' ').some(given => expected.some(one => one !== '' && isSame(one, given)))
}

const isSame = (one: string, other: string): boolean => {
  const [left, right] = [Buffer.from(one), Buffer.from(other)]
  return left.byteLength === right.byteLength && timingSafeEqual(left, right)
}
