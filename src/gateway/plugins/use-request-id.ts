import type { Logger } from 'pino'
import type { GatewayPlugin } from '../exchange.ts'

/** Long enough to be unique, and of characters that are harmless in logs, headers and messages. */
const sane = /^[A-Za-z0-9_-]{8,64}$/

/** The caller's id where it is sane. */
export const saneRequestId = (given: string | null): string | null =>
  given !== null && sane.test(given) ? given : null

/** One id per request, the caller's own where it is sane, so that traces of several services meet. */
export const useRequestId = ({ log }: { readonly log: Logger }): GatewayPlugin => ({
  onRequest({ request, serverContext: { exchange } }) {
    exchange.requestId = saneRequestId(request.headers.get('x-request-id')) ?? exchange.requestId
    exchange.log = log.child({ requestId: exchange.requestId })
  },
  onResponse({ response, serverContext: { exchange } }) {
    response.headers.set('x-request-id', exchange.requestId)
  },
})
