import { describeFailure } from '../../lib/describe-failure.ts'
import type { GatewayPlugin } from '../exchange.ts'
import { type GraphiQLPage, type GraphiQLPageOptions, renderGraphiQLPage } from '../graphiql-page.ts'

/** The bundle is one inline script that compiles queries and starts workers from blobs; it talks to us only. */
const contentSecurityPolicy = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  'worker-src blob:',
  "style-src 'unsafe-inline'",
  "connect-src 'self'",
  'img-src data:',
  'font-src data:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** GraphiQL for browsers at GET /graphql. Anyone gets the page; what it asks for is asked with a key. */
export function useGraphiQL(options: GraphiQLPageOptions): GatewayPlugin {
  let page: Promise<GraphiQLPage> | undefined
  return {
    async onRequest({ request, url, fetchAPI, serverContext: { exchange }, ...hook }) {
      const isBrowser = request.headers.get('accept')?.includes('text/html') ?? false
      if (request.method !== 'GET' || !isBrowser || url.pathname !== '/graphql') return
      page ??= renderGraphiQLPage(options)
      const rendered = await page.catch((error: unknown) => {
        page = undefined
        exchange.log.error({ failure: describeFailure(error) }, 'GraphiQL cannot be shown')
        return null
      })
      // Thrown from here, the error would be the answer, stack and all.
      if (rendered === null)
        return hook.endResponse(new fetchAPI.Response('GraphiQL cannot be shown.\n', { status: 500 }))
      const { body, etag } = rendered
      const headers = {
        'content-type': 'text/html; charset=utf-8',
        'content-encoding': 'gzip',
        'content-security-policy': contentSecurityPolicy,
        'cache-control': 'no-cache',
        etag,
        'referrer-policy': 'no-referrer',
        'x-content-type-options': 'nosniff',
      }
      const isKnown = request.headers.get('if-none-match') === etag
      hook.endResponse(new fetchAPI.Response(isKnown ? null : body, { status: isKnown ? 304 : 200, headers }))
    },
  }
}
