import type { GatewayPlugin } from '../exchange.ts'
import type { OriginPolicy } from '../origin-policy.ts'

/** What lets a page of another site read an answer; nothing for other callers. */
export const allowedOrigin = (
  origin: string | null,
  isAllowed: OriginPolicy,
): Readonly<Record<string, string>> =>
  origin !== null && isAllowed(origin)
    ? { 'access-control-allow-origin': origin, 'access-control-expose-headers': exposedHeaders }
    : {}

/** What pages may read of an answer beside what every page may. */
const exposedHeaders = 'x-request-id, etag, content-disposition, content-range'

const allowedRequestHeaders =
  'authorization, content-type, idempotency-key, x-request-id, x-trellis-cost, content-digest, if-none-match, if-range, range'

/**
 * Tells browsers which other sites' pages may read answers. Our own rather than Yoga's, which names a
 * fixed origin without `Vary` and answers a foreign origin with the origin `null`, which sandboxed
 * pages have. No credentials: a key is sent by the page's code, never by the browser's memory.
 */
export const useCors = ({ isAllowed }: { readonly isAllowed: OriginPolicy }): GatewayPlugin => ({
  onRequest({ request, fetchAPI, ...hook }) {
    const isPreflight = request.method === 'OPTIONS' && request.headers.has('access-control-request-method')
    if (isPreflight)
      hook.endResponse(new fetchAPI.Response(null, { status: 204, headers: { 'content-length': '0' } }))
  },
  onResponse({ request, response }) {
    response.headers.append('vary', 'origin')
    const allowed = Object.entries(allowedOrigin(request.headers.get('origin'), isAllowed))
    for (const [name, value] of allowed) response.headers.set(name, value)
    if (allowed.length === 0 || request.method !== 'OPTIONS') return
    response.headers.set('access-control-allow-methods', 'GET, HEAD, POST, PUT, DELETE')
    response.headers.set('access-control-allow-headers', allowedRequestHeaders)
    response.headers.set('access-control-max-age', '3600')
  },
})
