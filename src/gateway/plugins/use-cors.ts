import type { GatewayPlugin } from '../exchange.ts'
import type { OriginPolicy } from '../origin-policy.ts'

const allowedRequestHeaders = 'authorization, content-type, idempotency-key, x-request-id'

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
    const origin = request.headers.get('origin')
    if (origin === null || !isAllowed(origin)) return
    response.headers.set('access-control-allow-origin', origin)
    response.headers.set('access-control-expose-headers', 'x-request-id')
    if (request.method !== 'OPTIONS') return
    response.headers.set('access-control-allow-methods', 'GET, POST')
    response.headers.set('access-control-allow-headers', allowedRequestHeaders)
    response.headers.set('access-control-max-age', '3600')
  },
})
