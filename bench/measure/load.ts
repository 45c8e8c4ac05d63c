import autocannon from 'autocannon'
import type { Asking } from '../contenders/contender.ts'
import { difference } from './difference.ts'
import { cpuOf, cpuOfPostgres } from './usage.ts'

/** What one turn of a contender showed. */
export interface Turn {
  readonly requestsPerSecond: number
  /** ms */
  readonly p50: number
  /** ms */
  readonly p99: number
  /** CPU of the server process for a request; ms. */
  readonly cpu: number
  /** CPU of PostgreSQL for a request, ms; `null` where it is on another machine. */
  readonly postgresCpu: number | null
}

/** For how many seconds, or how many requests: then none is under way when the turn is over. */
export type Extent = { readonly duration: number } | { readonly amount: number }

export interface LoadOptions {
  readonly url: string
  readonly pid: number
  readonly postmaster: number | null
  readonly asking: Asking
  readonly connections: number
  readonly extent: Extent
  /** The one right body; `null` where each is another, which is then read. */
  readonly body: string | null
}

/** Counted over all turns, so that no two requests that write are alike. */
let asked = 0

/** @throws Error with the difference, when an answer is wrong or missing */
export async function load(options: LoadOptions): Promise<Turn> {
  const { url, pid, postmaster, asking, connections, extent, body } = options
  let fault: string | null = null
  const faultOf = (text: string): string | null => {
    if (body !== null) return text === body ? null : difference(body, text)
    try {
      asking.read(JSON.parse(text))
      return null
    } catch (error) {
      return String(error)
    }
  }
  const first = asking.request(0)
  const before = { server: cpuOf(pid), postgres: postmaster === null ? 0 : cpuOfPostgres(postmaster) }
  const result = await autocannon({
    url: new URL(first.path ?? '', url).href,
    method: 'POST',
    connections,
    timeout: 60,
    ...extent,
    // Between samples it looks whether all is asked, and the clock goes on until it has looked.
    ...('amount' in extent && { sampleInt: 20 }),
    headers: { 'content-type': 'application/json', ...first.headers },
    verifyBody: text => {
      const found = faultOf(String(text))
      fault ??= found
      return found === null
    },
    ...(body === null
      ? { requests: [{ setupRequest: request => ({ ...request, body: asking.request(asked++).body }) }] }
      : { body: first.body }),
  })
  const { total } = result.requests
  const failed = result.errors + result.timeouts + result.non2xx + result.mismatches
  if (failed > 0 || total === 0)
    throw new Error(`of ${total} answers ${failed} are wrong or missing: ${fault ?? 'none came'}`)
  return {
    requestsPerSecond: total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpu: (cpuOf(pid) - before.server) / total,
    postgresCpu: postmaster === null ? null : (cpuOfPostgres(postmaster) - before.postgres) / total,
  }
}

/** Asks once, as the load does. */
export async function askOnce(url: string, asking: Asking): Promise<string> {
  const { path, headers, body } = asking.request(asked++)
  const response = await fetch(new URL(path ?? '', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
  return response.text()
}
