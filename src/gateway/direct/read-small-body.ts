import type { IncomingMessage } from 'node:http'
import { Readable } from 'node:stream'

/** Bytes: an operation and its variables; what is larger is an import or an attack. */
const mostBytes = 65_536

const path = '/graphql'

/** Whether it is an ordinary operation whose body may be read before anything else is known of it. */
export const hasSmallBody = (
  { method, url, headers }: IncomingMessage,
  { bodyLimitBytes }: { readonly bodyLimitBytes: number },
): boolean =>
  method === 'POST' &&
  url === path &&
  headers['content-type'] === 'application/json' &&
  headers['content-encoding'] === undefined &&
  headers['transfer-encoding'] === undefined &&
  headers['idempotency-key'] === undefined &&
  headers.expect === undefined &&
  Number(headers['content-length']) <= Math.min(mostBytes, bodyLimitBytes)

/** @returns the body, or `null` when the client hangs up before its end */
export function readSmallBody(incoming: IncomingMessage): Promise<Buffer | null> {
  return new Promise(resolve => {
    const chunks: Buffer[] = []
    incoming.on('data', (chunk: Buffer) => chunks.push(chunk))
    incoming.once('end', () => resolve(chunks.length === 1 && chunks[0] ? chunks[0] : Buffer.concat(chunks)))
    incoming.once('close', () => resolve(null))
  })
}

/** Gives a request its body back, which the node adapter of Yoga looks for there. */
export function restoreBody(incoming: IncomingMessage, body: Buffer): void {
  Object.assign(incoming, { body: Readable.from([body]) })
}
