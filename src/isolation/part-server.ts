import { once } from 'node:events'
import { chmod } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Log } from '@trellis/sdk'
import { describeFailure } from '../lib/describe-failure.ts'
import { headerPairs } from '../lib/header-pairs.ts'
import { isSignedBy, type Signed } from '../remote/index.ts'
import { outcomeOf } from './outcome.ts'
import { pathOf } from './part-path.ts'
import { type Asked, bodyShape, type CallKind, unpacked } from './protocol.ts'
import { createSeenRequests } from './seen-requests.ts'

/** Where a part listens: on a Unix socket that its user alone can open, or at an address. */
export type ListenAt = { readonly socketPath: string } | { readonly host: string; readonly port: number }

/** An operation as the gateway sent it. */
export interface Operation {
  readonly query: string
  readonly variables: Readonly<Record<string, unknown>>
  /** The kind of answer that is waited for, as the header says it. */
  readonly accept: string
}

export interface PartServerOptions {
  /** The extension that it answers for. */
  readonly name: string
  readonly at: ListenAt
  /** What requests have to be signed with. */
  readonly secret: string
  readonly answer: (operation: Operation, asked: Asked, signal: AbortSignal) => Promise<Response>
  readonly call: (
    call: { readonly kind: CallKind; readonly name: string; readonly data: unknown },
    asked: Asked,
    signal: AbortSignal,
  ) => Promise<unknown>
  readonly log: Log
}

export interface PartServer {
  /** Such as `http://127.0.0.1:4100`; the socket's path where it is one. */
  readonly url: string
  readonly close: () => Promise<void>
}

/** Bytes of a request at most; the gateway's own limits come before. */
const bodyLimit = 64 * 2 ** 20

/** How far the clocks of two machines may be apart, in seconds. */
const clockSkew = 300

/** Longer than the gateway keeps a connection that nothing goes over. */
const keepAliveMs = 65_000

/** Answers the gateway, and nobody who does not sign as it does. */
export async function startPartServer({
  name: extension,
  at,
  secret,
  answer,
  call,
  log,
}: PartServerOptions): Promise<PartServer> {
  // A signature is valid from so long before its time until so long after it.
  const seen = createSeenRequests({ seconds: clockSkew * 2 })
  const respond = async (
    request: IncomingMessage,
    response: ServerResponse,
    signal: AbortSignal,
  ): Promise<void> => {
    const head = headOf(request)
    if (!isSignedInTime(head)) return refuse(request, response, unsigned)
    const text = await bodyOf(request)
    if (text === null) return refuse(request, response, tooLong)
    if (!isSignedBy([secret], head.signature, { ...head, body: text }))
      return refuse(request, response, unsigned)
    const path = pathOf(extension)
    if (head.path !== path)
      return refuse(request, response, [404, `Here is the extension ${extension}, at ${path}.`])
    const { query, variables = {}, extensions } = bodyShape.parse(JSON.parse(text))
    const { trellis: asked } = extensions
    if ((asked.call || !isReading(query)) && !seen.isFirst(head.id, head.timestamp)) {
      log.warn({ requestId: asked.requestId }, 'a request that was there before is refused')
      return refuse(request, response, repeated)
    }
    if (asked.call) {
      const { kind, name, data } = asked.call
      const outcome = await outcomeOf(() => call({ kind, name, data: unpacked(data) }, asked, signal))
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ data: { outcome } }))
      return
    }
    const accept = request.headers.accept ?? 'application/json'
    const answered = await answer({ query, variables, accept }, asked, signal)
    response.writeHead(answered.status, headerPairs(answered.headers).flat())
    if (answered.body) await pipeline(answered.body, response)
    else response.end()
  }
  const server = createServer(
    { keepAliveTimeout: keepAliveMs, requestTimeout: 30_000 },
    (request, response) => {
      const gone = new AbortController()
      response.once('close', () => gone.abort())
      respond(request, response, gone.signal).catch((failure: unknown) => {
        // Who hung up is told nothing.
        if (!gone.signal.aborted)
          log.warn({ err: describeFailure(failure) }, 'a request of the gateway failed')
        if (response.headersSent) response.destroy()
        else response.writeHead(500).end()
      })
    },
  )
  server.listen('socketPath' in at ? { path: at.socketPath } : { host: at.host, port: at.port })
  await once(server, 'listening')
  if ('socketPath' in at) await chmod(at.socketPath, 0o600)
  return {
    url: urlOf(server.address()),
    async close() {
      const closed = once(server, 'close')
      server.close()
      server.closeIdleConnections()
      const impatient = setTimeout(() => server.closeAllConnections(), 1000)
      await closed
      clearTimeout(impatient)
    },
  }
}

const urlOf = (address: ReturnType<ReturnType<typeof createServer>['address']>): string => {
  if (address === null || typeof address === 'string') return address ?? ''
  return `http://${address.family === 'IPv6' ? `[${address.address}]` : address.address}:${address.port}`
}

type Refusal = readonly [status: number, message: string]

const unsigned: Refusal = [401, 'The request is not signed by the secret of this extension, or not now.']
const tooLong: Refusal = [413, `A request has ${bodyLimit} bytes at most.`]
const repeated: Refusal = [409, 'This request was there before; it is not done again.']

/** Answers without having read the body, which is let go by: closing the connection could overtake the answer. */
function refuse(request: IncomingMessage, response: ServerResponse, [status, message]: Refusal): void {
  response.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(message)
  request.resume()
}

/** `null` when it is longer than allowed, or says so. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  if (Number(request.headers['content-length'] ?? 0) > bodyLimit) return null
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request.iterator({ destroyOnReturn: false })) {
    if (!Buffer.isBuffer(chunk)) continue
    size += chunk.byteLength
    if (size > bodyLimit) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** What a request says of itself and is signed for, but its body. */
interface Head extends Omit<Signed, 'body'> {
  readonly signature: string
}

function headOf({ method = '', url = '', headers }: IncomingMessage): Head {
  const one = (name: string): string => String(headers[name] ?? '')
  return {
    id: one('webhook-id'),
    timestamp: Number(one('webhook-timestamp')),
    signature: one('webhook-signature'),
    method,
    path: url,
    viewerId: one('x-trellis-viewer-id'),
    viewerRole: one('x-trellis-viewer-role'),
  }
}

const isSignedInTime = ({ id, timestamp, signature }: Head): boolean =>
  id !== '' && signature !== '' && Math.abs(Date.now() / 1000 - timestamp) <= clockSkew

/** Of an operation as the gateway prints it. It sends these again when a connection breaks, and all others once. */
const isReading = (query: string): boolean => /^\s*(\{|query\b|subscription\b)/.test(query)
