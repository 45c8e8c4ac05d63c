import type { IncomingHttpHeaders } from 'node:http'
import { Webhook, WebhookVerificationError } from 'standardwebhooks'

/** Who asks, by the gateway's word; null when it is the gateway itself. */
export interface Viewer {
  readonly id: string
  readonly role: string
}

export interface Received {
  readonly method: string
  /** With the query string. */
  readonly path: string
  readonly headers: IncomingHttpHeaders
  /** As it came, before anything is parsed. */
  readonly body: string
}

/**
 * Who asks, once the signature shows that the gateway sent this, and within five minutes of now. What is signed is a JSON array of
 * method, path, the viewer's id and role, and the body.
 *
 * @returns undefined when the signature is missing, old, or of something else
 */
export function verifiedViewer(
  secret: string,
  { method, path, headers, body }: Received,
): Viewer | null | undefined {
  const header = (name: string): string => String(headers[name] ?? '')
  const id = header('x-trellis-viewer-id')
  const role = header('x-trellis-viewer-role')
  const signed = `[${[method, path, id, role].map(text => JSON.stringify(text)).join(',')},${body}]`
  try {
    new Webhook(secret).verify(signed, {
      'webhook-id': header('webhook-id'),
      'webhook-timestamp': header('webhook-timestamp'),
      'webhook-signature': header('webhook-signature'),
    })
  } catch (error) {
    if (error instanceof WebhookVerificationError || error instanceof SyntaxError) return undefined
    throw error
  }
  return id === '' ? null : { id, role }
}
