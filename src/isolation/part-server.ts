import { once } from 'node:events'
import { chmod } from 'node:fs/promises'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { pipeline } from 'node:stream/promises'
import type { Log } from '@trellis/sdk'
import { describeFailure } from '../lib/describe-failure.ts'
import { isSignedBy } from '../remote/index.ts'
import { outcomeOf } from './outcome.ts'
import { type Asked, bodyShape, type CallKind, unpacked } from './protocol.ts'

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
  at,
  secret,
  answer,
  call,
  log,
}: PartServerOptions): Promise<PartServer> {
  const respond = async (
    request: IncomingMessage,
    response: ServerResponse,
    signal: AbortSignal,
  ): Promise<void> => {
    const text = await bodyOf(request)
    if (text === null) return void response.writeHead(413).end()
    if (!isOurs(request, text, secret)) return void response.writeHead(401).end()
    const { query, variables = {}, extensions } = bodyShape.parse(JSON.parse(text))
    const { trellis: asked } = extensions
    if (asked.call) {
      const { kind, name, data } = asked.call
      const outcome = await outcomeOf(() => call({ kind, name, data: unpacked(data) }, asked, signal))
      response.writeHead(200, { 'content-type': 'application/json' })
      response.end(JSON.stringify({ data: { outcome } }))
      return
    }
    const accept = request.headers.accept ?? 'application/json'
    const answered = await answer({ query, variables, accept }, asked, signal)
    response.writeHead(answered.status, Object.fromEntries(answered.headers))
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

/** `null` when it is longer than allowed. */
async function bodyOf(request: IncomingMessage): Promise<string | null> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of request) {
    if (!Buffer.isBuffer(chunk)) continue
    size += chunk.byteLength
    if (size > bodyLimit) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

function isOurs({ method = '', url = '', headers }: IncomingMessage, body: string, secret: string): boolean {
  const one = (name: string): string => String(headers[name] ?? '')
  const timestamp = Number(one('webhook-timestamp'))
  if (!(Math.abs(Date.now() / 1000 - timestamp) <= clockSkew)) return false
  return isSignedBy([secret], one('webhook-signature'), {
    id: one('webhook-id'),
    timestamp,
    method,
    path: url,
    viewerId: one('x-trellis-viewer-id'),
    viewerRole: one('x-trellis-viewer-role'),
    body,
  })
}
