import type { BackgroundContext } from './background.ts'

/** A request to a route; who asks is known by then, where the route does not see to that itself. */
export interface RouteRequest {
  readonly method: string
  /** What stands in the path's place of `:name`, decoded. */
  readonly parameters: Readonly<Record<string, string>>
  /** What stands behind the `?`. */
  readonly query: URLSearchParams
  readonly headers: Pick<Headers, 'get' | 'has'>
  /** The body as it comes, to be read once or not at all. */
  readonly body: AsyncIterable<Uint8Array>
}

/** What a route answers. */
export interface RouteResponse {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  /** Read as fast as the client takes it, and not at all for HEAD. @default none */
  readonly body?: string | AsyncIterable<Uint8Array>
}

/** What a route reaches: with the viewer's rights, as resolvers do. */
export type RouteContext = BackgroundContext

/** What answers a request. A TrellisError that it throws is answered as one of GraphQL is, with the status that fits. */
export type RouteHandler = (request: RouteRequest, context: RouteContext) => Promise<RouteResponse | Response>

/** An address beside GraphQL, for what GraphQL is no good for, such as files and what other systems call. */
export interface Route {
  readonly handle: RouteHandler
  /**
   * `none`: the route sees to it itself, such as by a signature. There is no viewer then: what it does, it does as the
   * system. @default 'viewer'
   */
  readonly authentication?: 'viewer' | 'none'
  /** Bytes of the body at most. @default 1048576 in an extension; a module sees to it itself */
  readonly bodyLimitBytes?: number
}

/**
 * Routes by method and path: `GET /files/:id`, with a method of GET (asked for HEAD, too), POST, PUT, DELETE. A
 * module's path is from the root, an extension's below `/extensions/<its name>`, and for administrators unless its
 * `permissions` give it to others.
 */
export type Routes = Readonly<Record<string, Route | RouteHandler>>
