import { hash } from 'node:crypto'
import { TrellisError } from '@trellis/sdk'
import { describeFailure } from '../../lib/describe-failure.ts'
import type { GatewayPlugin } from '../exchange.ts'
import type { Metrics } from '../metrics/create-metrics.ts'
import { refusalResponse } from '../refusal-response.ts'

export interface MetricsPageOptions {
  readonly metrics: Metrics
  /** What a scraper sends as `Authorization: Bearer <token>`; `null` where everybody may look. */
  readonly token: string | null
}

const digest = (text: string): string => hash('sha256', text, 'base64')

/** `/metrics`: Prometheus's text format. */
export function useMetrics({ metrics, token }: MetricsPageOptions): GatewayPlugin {
  // By their hashes: how long a comparison of these takes says nothing about the token.
  const expected = token === null ? null : digest(`Bearer ${token}`)
  return {
    async onRequest({ request, url, fetchAPI, serverContext: { exchange }, ...hook }) {
      if (url.pathname !== '/metrics' || (request.method !== 'GET' && request.method !== 'HEAD')) return
      const refuse = (error: TrellisError) =>
        hook.endResponse(refusalResponse(error, { requestId: exchange.requestId, fetchAPI }))
      if (expected !== null && digest(request.headers.get('authorization') ?? '') !== expected)
        return refuse(new TrellisError('UNAUTHENTICATED', 'The token of TRELLIS_METRICS_TOKEN is required.'))
      try {
        const headers = { 'content-type': metrics.contentType, 'cache-control': 'no-store' }
        hook.endResponse(new fetchAPI.Response(await metrics.text(), { headers }))
      } catch (error) {
        exchange.log.error({ failure: describeFailure(error) }, 'the metrics could not be written down')
        refuse(new TrellisError('INTERNAL', 'The metrics cannot be shown at present; the log says why.'))
      }
    },
  }
}
