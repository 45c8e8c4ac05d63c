import type { IncomingMessage, ServerResponse } from 'node:http'

export interface SlowExchangesOptions {
  /** Milliseconds that a request may take to come in whole. */
  readonly request: number
  /** Milliseconds that a transfer may stand still because the client neither sends nor takes. */
  readonly idle: number
  /** Milliseconds between looks. */
  readonly every: number
  /** Whether a request may bring or fetch so much that it takes as long as it takes. */
  readonly isTransfer: (request: IncomingMessage) => boolean
}

/** Requests that have not been answered whole. */
export interface SlowExchanges {
  readonly open: ReadonlyMap<ServerResponse, unknown>
  enter(request: IncomingMessage, response: ServerResponse): void
  /** Ends those that are too slow by now. @param now of `performance.now()`, which goes on between calls */
  look(now?: number): void
  stop(): void
}

interface OpenExchange {
  readonly request: IncomingMessage
  readonly isTransfer: boolean
  /** When it came, or was last seen to move on. */
  movedAt: number
  bytes: number
}

/**
 * Ends exchanges whose clients are too slow, which would hold their sockets for ever. Node's own limit is one for
 * all requests: what is fair for an operation is too short for a file. One look at all of them now and then
 * costs a request no timer.
 */
export function watchSlowExchanges({
  request: requestMs,
  idle,
  every,
  isTransfer,
}: SlowExchangesOptions): SlowExchanges {
  const open = new Map<ServerResponse, OpenExchange>()

  const isOver = (exchange: OpenExchange, response: ServerResponse, now: number): boolean => {
    const { request } = exchange
    if (!exchange.isTransfer) return !request.complete && now - exchange.movedAt > requestMs
    const { bytesRead, bytesWritten } = request.socket
    const bytes = bytesRead + bytesWritten
    const isWaiting = !request.complete || response.writableNeedDrain
    if (bytes !== exchange.bytes || !isWaiting) Object.assign(exchange, { bytes, movedAt: now })
    return now - exchange.movedAt > idle
  }
  const look = (now = performance.now()): void => {
    for (const [response, exchange] of open) if (isOver(exchange, response, now)) cutOff(response)
  }
  const timer = setInterval(() => look(), every)
  timer.unref()

  return {
    open,
    enter(request, response) {
      open.set(response, { request, isTransfer: isTransfer(request), movedAt: performance.now(), bytes: 0 })
      response.once('close', () => open.delete(response))
    },
    look,
    stop: () => clearInterval(timer),
  }
}

/** The answer 408 where there is none yet; what is on its way already is broken off. */
function cutOff(response: ServerResponse): void {
  if (response.headersSent) response.destroy()
  else
    response
      .writeHead(408, { 'content-type': 'text/plain', connection: 'close' })
      .end('The request took too long.\n')
}
