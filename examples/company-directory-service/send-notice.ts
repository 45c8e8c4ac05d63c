import { createHmac, randomUUID } from 'node:crypto'

/** Whom to tell of changes. */
export interface Notice {
  /** Such as `http://127.0.0.1:4000/extensions/company-directory/changed`. */
  readonly url: string
  /** What it is signed with: `whsec_` and Base64. */
  readonly secret: string
  /** How it is sent. @default fetch */
  readonly send?: (request: Request) => Promise<Response>
  /** The present. @default the clock */
  readonly now?: () => Date
}

/** Tells that companies have changed, signed by Standard Webhooks. Answers the status. */
export async function sendNotice(
  { url, secret, send = fetch, now = () => new Date() }: Notice,
  registrationNumbers: readonly string[],
): Promise<number> {
  const id = `msg_${randomUUID()}`
  const timestamp = String(Math.floor(now().getTime() / 1000))
  const body = JSON.stringify({ registrationNumbers })
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  const signature = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')
  const headers = {
    'content-type': 'application/json',
    'webhook-id': id,
    'webhook-timestamp': timestamp,
    'webhook-signature': `v1,${signature}`,
  }
  const { status } = await send(new Request(url, { method: 'POST', headers, body }))
  return status
}
