import type { Exchange, GatewayPlugin } from '../exchange.ts'
import type { RequestFacts, Traffic } from '../metrics/traffic.ts'

const isProbe = (path: string) => path.startsWith('/health/') || path === '/metrics'

/**
 * One line per request. Never headers, variables, or the query string, where keys and personal data
 * stand; what remains is cut, and pino escapes it, so that a line cannot forge another.
 */
export function logAccess(
  { log, operation, startedAt, viewer }: Exchange,
  { method, path, status }: RequestFacts,
): void {
  const facts = {
    method,
    path: path.slice(0, 200),
    status,
    milliseconds: Math.round((performance.now() - startedAt) * 10) / 10,
    operation: operation?.name?.slice(0, 100) ?? null,
    type: operation?.type ?? null,
    viewer: viewer?.id ?? null,
  }
  // Probes come every few seconds for ever: of use to someone who looks into them, noise to all others.
  if (isProbe(path)) log.debug(facts, 'request')
  else log.info(facts, 'request')
}

export const useAccessLog = ({ traffic }: { readonly traffic: Traffic }): GatewayPlugin => ({
  onResponse({ request, response, serverContext: { exchange } }) {
    const path = new URL(request.url, 'http://localhost').pathname
    const facts = { method: request.method, path, status: response.status }
    logAccess(exchange, facts)
    traffic.note(exchange, facts)
  },
})
