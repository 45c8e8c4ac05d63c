import { describeFailure } from '../../lib/describe-failure.ts'
import type { GatewayPlugin } from '../exchange.ts'

/** Whether requests can be served, and by check what stands in the way. */
export interface Readiness {
  readonly status: 'ok' | 'degraded' | 'unavailable'
  /** By name, such as `{ database: 'ok', 'extension loyalty': 'quarantined' }`. */
  readonly checks: Readonly<Record<string, string>>
}

export interface HealthOptions {
  readonly ready: () => Promise<Readiness>
  /** True from the moment that the gateway is told to close. */
  readonly draining: () => boolean
}

/** A database that hangs must not hang the probe too: orchestrators commonly wait for one to five seconds. */
const patienceMilliseconds = 900

const unanswered: Readiness = { status: 'unavailable', checks: { readiness: 'did not answer in time' } }
const failed: Readiness = { status: 'unavailable', checks: { readiness: 'failed; see the log' } }
const leaving: Readiness = { status: 'unavailable', checks: { gateway: 'draining' } }

/** `/health/live`: the process runs. `/health/ready`: it can serve, so a balancer may send requests. */
export function useHealth({ ready, draining }: HealthOptions): GatewayPlugin {
  const readiness = async (onError: (error: unknown) => void): Promise<Readiness> => {
    if (draining()) return leaving
    const { promise: timeout, resolve } = Promise.withResolvers<Readiness>()
    const timer = setTimeout(resolve, patienceMilliseconds, unanswered)
    try {
      return await Promise.race([ready(), timeout])
    } catch (error) {
      onError(error)
      return failed
    } finally {
      clearTimeout(timer)
    }
  }
  return {
    async onRequest({ request, url, fetchAPI, serverContext: { exchange }, ...hook }) {
      if (request.method !== 'GET' && request.method !== 'HEAD') return
      const answer = (health: object, status: number) =>
        hook.endResponse(fetchAPI.Response.json(health, { status, headers: { 'cache-control': 'no-store' } }))
      if (url.pathname === '/health/live') answer({ status: 'ok' }, 200)
      if (url.pathname === '/health/ready') {
        const health = await readiness(error =>
          exchange.log.error({ failure: describeFailure(error) }, 'the readiness check failed'),
        )
        answer(health, health.status === 'unavailable' ? 503 : 200)
      }
    },
  }
}
