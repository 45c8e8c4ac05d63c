import type { Context, Log, Viewer } from '@trellis/sdk'
import type { ExecutionResult, OperationTypeNode } from 'graphql'
import type { Plugin } from 'graphql-yoga'
import type { Generation } from './generation.ts'

/** What the socket knows and the request does not say. */
export interface Connection {
  /** `null` where there is no socket, as in tests that call `gateway.fetch`. */
  readonly remoteAddress: string | null
  /** Closes the socket in the middle of an answer; absent where there is no socket. */
  readonly cutOff?: () => void
}

/** One HTTP request and what the plugins found out about it on its way; nothing on it outlives it. */
export interface Exchange {
  readonly connection: Connection
  /** What it is answered from, however long it takes. */
  readonly generation: Generation
  /** Milliseconds of `performance.now()`. */
  readonly startedAt: number
  requestId: string
  log: Log
  /** Set by useIdentity; until then nobody. */
  viewer: Viewer | null
  /** Set once the document says which operation it is. */
  operation: { readonly name: string | null; readonly type: OperationTypeNode } | null
  /** What the operation came to before the plugins got to see it, where it has errors that are for them to show. */
  result: ExecutionResult | null
}

/** What Yoga carries along with each request. */
export interface ServerContext {
  readonly exchange: Exchange
}

/**
 * One `useX()` of the gateway's ordered list. Its context value is Yoga's with the exchange until
 * useContext, and from there on the operation's own Context: the type has both, a hook one of them.
 */
export type GatewayPlugin = Plugin<ServerContext & Context, ServerContext>

export const createExchange = (options: {
  readonly connection: Connection
  readonly generation: Generation
  readonly log: Log
}): Exchange => ({
  ...options,
  startedAt: performance.now(),
  requestId: crypto.randomUUID(),
  viewer: null,
  operation: null,
  result: null,
})
