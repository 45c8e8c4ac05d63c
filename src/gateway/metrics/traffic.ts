import { errorCodes } from '@trellis/sdk'
import { createHistogram, type Histogram } from '../../supervision/index.ts'
import type { Exchange } from '../exchange.ts'

export interface RequestFacts {
  readonly method: string
  readonly path: string
  readonly status: number
}

/** One combination of facts, and how often it came. */
export interface RequestCount extends RequestFacts {
  count: number
}

/** Counts what the gateway answers. Plain counters: they are written down as metrics when somebody asks. */
export interface Traffic {
  /** A request was answered. */
  readonly note: (exchange: Exchange, facts: RequestFacts) => void
  /** A client was told of an error. */
  readonly noteError: (code: string) => void
  readonly requests: () => readonly RequestCount[]
  /** From the request's arrival to its response, by the operation's type. */
  readonly operations: ReadonlyMap<string, Histogram>
  readonly errors: ReadonlyMap<string, number>
}

const methods: ReadonlySet<string> = new Set(['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'OPTIONS'])
const paths: ReadonlySet<string> = new Set([
  '/graphql',
  '/graphql/schema',
  '/health/live',
  '/health/ready',
  '/metrics',
])

export function createTraffic(): Traffic {
  const requests = new Map<string, RequestCount>()
  const operations = new Map<string, Histogram>()
  const errors = new Map<string, number>()
  return {
    note({ operation, startedAt }, { method: sent, path: asked, status }) {
      // What clients make up must not make up series.
      const method = methods.has(sent) ? sent : 'other'
      const path = paths.has(asked) ? asked : asked.startsWith('/attachments/') ? '/attachments' : 'other'
      const key = `${method} ${path} ${status}`
      const known = requests.get(key)
      if (known) known.count += 1
      else requests.set(key, { method, path, status, count: 1 })
      if (operation === null) return
      const durations = operations.get(operation.type) ?? createHistogram()
      operations.set(operation.type, durations)
      durations.record(performance.now() - startedAt)
    },
    noteError(code) {
      const known = Object.hasOwn(errorCodes, code) ? code : 'other'
      errors.set(known, (errors.get(known) ?? 0) + 1)
    },
    requests: () => [...requests.values()],
    operations,
    errors,
  }
}
