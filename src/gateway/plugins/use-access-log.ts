import type { GatewayPlugin } from '../exchange.ts'

const isProbe = (path: string) => path.startsWith('/health/')

/**
 * One line per request. Never headers, variables, or the query string, where keys and personal data
 * stand; what remains is cut, and pino escapes it, so that a line cannot forge another.
 */
export const useAccessLog = (): GatewayPlugin => ({
  onResponse({ request, response, serverContext: { exchange } }) {
    const path = new URL(request.url, 'http://localhost').pathname
    const facts = {
      method: request.method,
      path: path.slice(0, 200),
      status: response.status,
      milliseconds: Math.round((performance.now() - exchange.startedAt) * 10) / 10,
      operation: exchange.operation?.name?.slice(0, 100) ?? null,
      type: exchange.operation?.type ?? null,
      viewer: exchange.viewer?.id ?? null,
    }
    // Probes come every few seconds for ever: of use to someone who looks into them, noise to all others.
    if (isProbe(path)) exchange.log.debug(facts, 'request')
    else exchange.log.info(facts, 'request')
  },
})
