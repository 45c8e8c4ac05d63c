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

function entryOf<Key, Value>(map: Map<Key, Value>, key: Key, make: () => Value): Value {
  const known = map.get(key)
  if (known !== undefined) return known
  const made = make()
  map.set(key, made)
  return made
}

/** A path as it is counted. What clients make up must not make up series. */
const countedPath = (path: string): string =>
  paths.has(path) ? path : path.startsWith('/attachments/') ? '/attachments' : 'other'

export function createTraffic(): Traffic {
  // By parts of the key, each in a map: to put a key together costs more than all the rest.
  const requests = new Map<string, Map<string, Map<number, RequestCount>>>()
  const countOf = ({ method, path, status }: RequestFacts): RequestCount => {
    const ofPath = entryOf(requests, path, () => new Map<string, Map<number, RequestCount>>())
    const ofMethod = entryOf(ofPath, method, () => new Map<number, RequestCount>())
    return entryOf(ofMethod, status, () => ({ method, path, status, count: 0 }))
  }
  const operations = new Map<string, Histogram>()
  const errors = new Map<string, number>()
  return {
    note({ operation, startedAt }, { method: sent, path: asked, status }) {
      countOf({ method: methods.has(sent) ? sent : 'other', path: countedPath(asked), status }).count += 1
      if (operation === null) return
      entryOf(operations, operation.type, createHistogram).record(performance.now() - startedAt)
    },
    noteError(code) {
      const known = Object.hasOwn(errorCodes, code) ? code : 'other'
      errors.set(known, (errors.get(known) ?? 0) + 1)
    },
    requests: () =>
      [...requests.values()].flatMap(ofPath =>
        [...ofPath.values()].flatMap(ofMethod => [...ofMethod.values()]),
      ),
    operations,
    errors,
  }
}
