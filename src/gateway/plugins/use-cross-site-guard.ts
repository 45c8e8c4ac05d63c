import { TrellisError } from '@trellis/sdk'
import type { GatewayPlugin } from '../exchange.ts'
import type { OriginPolicy } from '../origin-policy.ts'

/** The page and the gateway share a host; the scheme may differ behind a proxy that ends TLS. */
const isSameHost = (origin: string, host: string | null) =>
  host !== null && URL.canParse(origin) && new URL(origin).host === host

/** Whether a request comes from where it may: browsers say so, and other clients say nothing. */
export function isOwnSite(headers: Pick<Headers, 'get'>, isAllowed: OriginPolicy): boolean {
  const origin = headers.get('origin')
  const site = headers.get('sec-fetch-site')
  return origin === null
    ? site === null || site === 'same-origin' || site === 'none'
    : site === 'same-origin' || isAllowed(origin) || isSameHost(origin, headers.get('host'))
}

export interface CrossSiteOptions {
  readonly isAllowed: OriginPolicy
}

/** @throws TrellisError `BAD_REQUEST` for what another site's page sends */
export function assertOwnSite(headers: Pick<Headers, 'get'>, isAllowed: OriginPolicy): void {
  if (isOwnSite(headers, isAllowed)) return
  throw new TrellisError(
    'BAD_REQUEST',
    'Requests from pages of this site are not allowed. Add its origin to TRELLIS_CORS_ORIGINS.',
    { extensions: { http: { status: 403 } } },
  )
}

/**
 * Refuses to execute what another site's page sends. CORS alone only keeps the page from reading the
 * answer: a simple request is executed all the same. Browsers say where a request comes from, and
 * pages cannot forge that; other clients say nothing and pass.
 */
export const useCrossSiteGuard = ({ isAllowed }: CrossSiteOptions): GatewayPlugin => ({
  onRequestParse({ request: { headers } }) {
    assertOwnSite(headers, isAllowed)
  },
})
