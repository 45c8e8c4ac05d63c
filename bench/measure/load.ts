import autocannon from 'autocannon'
import type { Asking } from '../contenders/contender.ts'
import { cpuOf, cpuOfPostgres } from './usage.ts'

/** What one turn of a contender showed. */
export interface Turn {
  readonly requestsPerSecond: number
  /** ms */
  readonly p50: number
  /** ms */
  readonly p99: number
  /** CPU of the server process a request; ms. */
  readonly cpu: number
  /** CPU of PostgreSQL a request, ms; `null` where it is on another machine. */
  readonly postgresCpu: number | null
}

export interface LoadOptions {
  readonly url: string
  readonly pid: number
  readonly postmaster: number | null
  readonly asking: Asking
  readonly seconds: number
  readonly connections: number
  /** The one right body; `null` where each is another, which is then read. */
  readonly body: string | null
}

let asked = 0

/** @throws Error when an answer is wrong or missing */
export async function load(options: LoadOptions): Promise<Turn> {
  const { url, pid, postmaster, asking, seconds, connections, body } = options
  let wrong: string | null = null
  const isRight = (text: string): boolean => {
    if (body !== null) return text === body
    try {
      asking.read(JSON.parse(text))
      return true
    } catch {
      return false
    }
  }
  const before = { cpu: cpuOf(pid), postgres: postmaster === null ? 0 : cpuOfPostgres(postmaster) }
  const first = asking.request(0)
  const result = await autocannon({
    url: new URL(first.path ?? '', url).href,
    method: 'POST',
    connections,
    duration: seconds,
    headers: { 'content-type': 'application/json', ...first.headers },
    verifyBody: (text: string) => {
      const right = isRight(text)
      if (!right) wrong ??= text
      return right
    },
    ...(body === null
      ? {
          requests: [
            {
              setupRequest: (request: object) => {
                asked += 1
                return { ...request, body: asking.request(asked).body }
              },
            },
          ],
        }
      : { body: first.body }),
  })
  const { total } = result.requests
  const failed = result.errors + result.timeouts + result.non2xx + result.mismatches
  if (failed > 0 || total === 0)
    throw new Error(
      `${url}: of ${total} answers ${failed} were wrong or missing, such as ${String(wrong).slice(0, 500)}`,
    )
  return {
    requestsPerSecond: total / result.duration,
    p50: result.latency.p50,
    p99: result.latency.p99,
    cpu: (cpuOf(pid) - before.cpu) / total,
    postgresCpu: postmaster === null ? null : (cpuOfPostgres(postmaster) - before.postgres) / total,
  }
}

/** Asks once, as the load does. */
export async function askOnce(url: string, asking: Asking): Promise<string> {
  asked += 1
  const { path, headers, body } = asking.request(asked)
  const response = await fetch(new URL(path ?? '', url), {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body,
  })
  return response.text()
}
