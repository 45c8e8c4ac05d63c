import type { Log, RouteRequest, RouteResponse, Viewer } from '@trellis/sdk'
import type { HeaderPairs } from '../../lib/header-pairs.ts'
import type { RoutePlace } from '../../lib/route-key.ts'

/** What the gateway knows of a request to a route. */
export interface RouteFacts {
  readonly viewer: Viewer
  readonly requestId: string
  readonly log: Log
  /** Aborted when the client hangs up. */
  readonly signal: AbortSignal
}

/** What a route answers, whose headers may be of one name several times. */
export interface GatewayResponse extends Omit<RouteResponse, 'headers'> {
  readonly headers?: RouteResponse['headers'] | HeaderPairs
}

interface Answering<Facts> extends RoutePlace {
  readonly handle: (request: RouteRequest, facts: Facts) => Promise<GatewayResponse>
}

/** A route that is told who asks. */
export interface ViewerRoute extends Answering<RouteFacts> {
  readonly authentication?: 'viewer'
}

/** A route that sees to it itself who asks. */
export interface OpenRoute extends Answering<Omit<RouteFacts, 'viewer'>> {
  readonly authentication: 'none'
}

/** A route as the gateway takes it: whatever else it reaches, its owner has given to it already. */
export type GatewayRoute = ViewerRoute | OpenRoute

/** The routes of one path, and what stands in the places of its parameters. */
export interface FoundRoutes {
  readonly routes: ReadonlyMap<string, GatewayRoute>
  readonly parameters: Readonly<Record<string, string>>
}

export interface Router {
  /** `null` for a path that is nobody's. */
  find(pathname: string): FoundRoutes | null
  /** Whether a request may be to a route, by what its address begins with. */
  isNear(address: string): boolean
}

interface KnownPath {
  readonly segments: readonly string[]
  readonly routes: Map<string, GatewayRoute>
}

const segmentsOf = (path: string): readonly string[] => path.slice(1).split('/')

const wellFormed = /^(\/[a-z0-9-]+)(\/(:[a-zA-Z]+|[a-z0-9-]+))*$/

/** The first segment, which every path has as a word. */
const firstOf = (address: string): string => /^\/([^/?#]*)/.exec(address)?.[1] ?? ''

/** `null` for what is no text, or none that the database could hold. */
function decoded(segment: string): string | null {
  try {
    const text = decodeURIComponent(segment)
    return text === '' || text.includes('\0') ? null : text
  } catch {
    return null
  }
}

function match({ segments }: KnownPath, given: readonly string[]): Record<string, string> | null {
  if (segments.length !== given.length) return null
  const parameters: Record<string, string> = {}
  for (const [index, segment] of segments.entries()) {
    const value = given[index] ?? ''
    if (!segment.startsWith(':')) {
      if (segment !== value) return null
      continue
    }
    const text = decoded(value)
    if (text === null) return null
    parameters[segment.slice(1)] = text
  }
  return parameters
}

/** @throws Error when a path is not one, or two routes are the same */
export function createRouter(routes: readonly GatewayRoute[]): Router {
  const paths = new Map<string, KnownPath>()
  for (const route of routes) {
    const { method, path } = route
    if (!wellFormed.test(path))
      throw new Error(`The path "${path}" of a route does not look like /attachments/:id/content.`)
    const known = paths.get(path) ?? { segments: segmentsOf(path), routes: new Map() }
    if (known.routes.has(method)) throw new Error(`There are two routes for ${method} ${path}.`)
    known.routes.set(method, route)
    paths.set(path, known)
  }
  const byFirst = Map.groupBy(paths.values(), ({ segments }) => segments[0] ?? '')
  const prefixes = [...byFirst.keys()].map(first => `/${first}/`)
  return {
    find(pathname) {
      const near = byFirst.get(firstOf(pathname))
      if (!near) return null
      const given = segmentsOf(pathname)
      for (const known of near) {
        const parameters = match(known, given)
        if (parameters) return { routes: known.routes, parameters }
      }
      return null
    },
    isNear: address => prefixes.some(prefix => address.startsWith(prefix)),
  }
}
