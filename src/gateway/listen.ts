import { once } from 'node:events'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import { type AddressInfo, Server as SocketServer } from 'node:net'
import type { Log } from '@trellis/sdk'
import { describeFailure } from '../lib/describe-failure.ts'
import { explainListenFailure } from './explain-listen-failure.ts'
import { type SlowExchanges, watchSlowExchanges } from './slow-exchanges.ts'

/** Milliseconds that a client may take; slow headers and bodies would hold sockets for ever otherwise. */
export interface Timeouts {
  /** @default 10000 */
  readonly headers?: number
  /** The whole request, body included, unless it is a transfer. @default 30000 */
  readonly request?: number
  /** A transfer in which nothing moves. @default 30000 */
  readonly idle?: number
  /** A whole transfer to us, however it moves. @default 3600000 */
  readonly transfer?: number
  /** Between requests on one connection: longer than the 60 s of common balancers, which otherwise reuse a socket that we are closing. @default 65000 */
  readonly keepAlive?: number
}

export interface ListenOptions {
  readonly host: string
  readonly port: number
  readonly drainSeconds: number
  readonly handle: (request: IncomingMessage, response: ServerResponse) => Promise<void>
  /** Whether a request may bring or fetch a file, which takes as long as it takes. @default none does */
  readonly isTransfer?: (request: IncomingMessage) => boolean
  readonly log: Log
  readonly timeouts?: Timeouts
}

export interface CloseOptions {
  /** Whether another process takes connections at the same address from now on. @default false */
  readonly isReplaced?: boolean
}

export interface Listening {
  /** Such as `http://127.0.0.1:4000`. */
  readonly url: string
  /**
   * Stops accepting, lets requests in flight finish for `drainSeconds` at most, and resolves; the second call joins the first.
   * One that is replaced first answers whatever else comes on open connections, for as long: closing one at the
   * moment that its client sends the next request would lose that one.
   */
  readonly close: (options?: CloseOptions) => Promise<void>
}

/** How long a refused body's rest is read and thrown away, so that the refusal arrives before the socket closes. */
const lingerMilliseconds = 2000

/**
 * Serves on a socket.
 *
 * @throws Error that names host and port and says what to do, when they are not to be had
 */
export async function listen({
  host,
  port,
  drainSeconds,
  handle,
  isTransfer = () => false,
  log,
  timeouts = {},
}: ListenOptions): Promise<Listening> {
  const {
    headers = 10_000,
    request = 30_000,
    idle = 30_000,
    transfer = 3_600_000,
    keepAlive = 65_000,
  } = timeouts
  const every = Math.min(headers, 1000)
  const exchanges = watchSlowExchanges({ request, idle, every, isTransfer })
  let closing: Promise<void> | undefined
  const server = createServer(
    {
      headersTimeout: headers,
      requestTimeout: transfer,
      keepAliveTimeout: keepAlive,
      connectionsCheckingInterval: every,
    },
    (incoming, response) => {
      // Refused here, since everything behind takes for granted that host and path make an address.
      if (!URL.canParse(incoming.url ?? '', `http://${incoming.headers.host ?? 'localhost'}`)) {
        response
          .writeHead(400, { 'content-type': 'text/plain', connection: 'close' })
          .end('The Host header or the path is not valid.\n')
        return
      }
      // The client then sends the next one on a connection of its own.
      if (closing) response.shouldKeepAlive = false
      exchanges.enter(incoming, response)
      response.once('finish', () => discardRest(incoming))
      handle(incoming, response).catch((failure: unknown) => {
        log.error({ failure: describeFailure(failure) }, 'a request was given up')
        response.destroy()
      })
    },
  )
  server.listen(port, host)
  await once(server, 'listening').catch((failure: unknown) => {
    exchanges.stop()
    throw explainListenFailure(failure, { host, port })
  })
  const leave = async ({ isReplaced = false }: CloseOptions): Promise<void> => {
    if (isReplaced) await answerTheRest({ server, exchanges, drainSeconds })
    await drain({ server, exchanges, drainSeconds, log })
  }
  return {
    url: urlOf(server, host),
    close: (options = {}) => (closing ??= leave(options)),
  }
}

/** Reads on after a refusal that came before the body's end: closing right away would reset the connection, refusal and all. */
function discardRest(incoming: IncomingMessage): void {
  if (incoming.complete || incoming.destroyed) return
  // Whoever stopped reading is still listened for, and would keep the stream from flowing.
  incoming.removeAllListeners('readable').resume()
  // Once more what has arrived meanwhile is read: a busy process may be late rather than the client.
  const giveUp = () =>
    setImmediate(() => {
      if (!incoming.complete) incoming.destroy()
    })
  const timer = setTimeout(giveUp, lingerMilliseconds)
  incoming.once('close', () => clearTimeout(timer))
}

interface DrainOptions extends Pick<ListenOptions, 'drainSeconds' | 'log'> {
  readonly server: Server
  readonly exchanges: SlowExchanges
}

/** Takes no more connections, and answers once more on those that there are. Ends early when there are none. */
async function answerTheRest({ server, exchanges, drainSeconds }: Omit<DrainOptions, 'log'>): Promise<void> {
  const nobodyLeft = Promise.withResolvers<void>()
  // HTTP's own would also close the connections that wait for a next request.
  SocketServer.prototype.close.call(server, () => nobodyLeft.resolve())
  for (const response of exchanges.open.keys()) response.shouldKeepAlive = false
  const timer = setTimeout(() => nobodyLeft.resolve(), drainSeconds * 1000)
  await nobodyLeft.promise
  clearTimeout(timer)
}

async function drain({ server, exchanges, drainSeconds, log }: DrainOptions): Promise<void> {
  const { open } = exchanges
  const closed = new Promise<void>(resolve => server.once('close', () => resolve()))
  // Also closes the connections that wait for a next request. One that takes no connections any more says so.
  server.close(() => undefined)
  for (const response of open.keys()) {
    // The others say `connection: close` with the response that they are waiting for.
    response.shouldKeepAlive = false
    // Those in the middle of it can say so no more, and would wait for a next request.
    response.once('close', () => setImmediate(() => server.closeIdleConnections()))
  }
  const timer = setTimeout(() => {
    log.warn({ requests: open.size, drainSeconds }, 'requests in flight were cut off')
    server.closeAllConnections()
  }, drainSeconds * 1000)
  await closed
  exchanges.stop()
  clearTimeout(timer)
}

const isAddress = (address: string | AddressInfo | null): address is AddressInfo =>
  typeof address === 'object' && address !== null

function urlOf(server: Server, host: string): string {
  const address = server.address()
  if (!isAddress(address)) throw new Error('The gateway listens on something that is not a port.')
  // Nobody can open the address that means all addresses.
  const reachable = host === '0.0.0.0' || host === '::' ? 'localhost' : host
  return `http://${reachable.includes(':') ? `[${reachable}]` : reachable}:${address.port}`
}
