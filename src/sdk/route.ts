import type { Context } from './context.ts'
import type { Storage } from './storage.ts'

/** A request to a route; who asks is known by then. */
export interface RouteRequest {
  readonly method: string
  /** What stands in the path's place of `:name`, decoded. */
  readonly parameters: Readonly<Record<string, string>>
  readonly headers: Pick<Headers, 'get' | 'has'>
  /** The body as it comes, however large, to be read once or not at all; a route sets its own limit. */
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
export interface RouteContext extends Context {
  /** Bytes of the domain's own. */
  readonly storage: Storage
  /**
   * Does work in a transaction of its own, where services are to be had; what it throws takes all back. It is
   * done again where others write the same records at the same time. Keep out of it what takes its time, such as
   * reading the body: a transaction holds a connection.
   */
  readonly transaction: <Result>(work: (context: Context) => Promise<Result>) => Promise<Result>
}

/** An address beside GraphQL, for what GraphQL is no good for, such as files. */
export interface Route {
  /** A GET is asked for HEAD, too. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  /** From the root, such as `/attachments/:id/content`. */
  readonly path: string
  /** A TrellisError that it throws is answered as one of GraphQL is, with the status that fits. */
  readonly handle: (request: RouteRequest, context: RouteContext) => Promise<RouteResponse>
}
