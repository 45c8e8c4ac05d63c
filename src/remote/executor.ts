import type { RemoteOptions, Viewer } from '@trellis/sdk'
import type { ExecutionResult, GraphQLSchema } from 'graphql'

/** One operation for a remote. */
export interface RemoteCall {
  /** The operation's text; exactly one operation, unless `operationName` says which. */
  readonly document: string
  readonly variables: Readonly<Record<string, unknown>>
  /** Only queries are retried. */
  readonly operationType: 'query' | 'mutation' | 'subscription'
  readonly operationName?: string | undefined
  /** Sent in the body beside the operation, and signed with it. */
  readonly extensions?: Readonly<Record<string, unknown>> | undefined
  /** Who asks: sent as signed headers. `null` for calls of the gateway itself. */
  readonly viewer: Pick<Viewer, 'id' | 'role'> | null
  /** Sent as `x-request-id`. */
  readonly requestId: string
  /** W3C trace context, sent as it is. */
  readonly traceparent?: string | undefined
  /** Gives the call up: with a `TimeoutError` as its reason the failure is a `TIMEOUT`, else `ABORTED`. */
  readonly signal?: AbortSignal | undefined
  /** The client's headers; those that the remote's allow list names are passed on. WHATWG's `Headers` fits. */
  readonly requestHeaders?: { get(name: string): string | null } | undefined
}

/** How a remote is at the moment. */
export interface RemoteState {
  /** `open`: calls are refused; `half-open`: one trial call is under way. */
  readonly breaker: 'closed' | 'open' | 'half-open'
  /** Calls under way, without subscriptions. */
  readonly running: number
  /** Calls that wait for their turn. */
  readonly queued: number
  /** Subscriptions open. */
  readonly subscriptions: number
}

/** Calls one remote. Made once for each remote in a process; holds its connections, and nothing of users or requests. */
export interface RemoteExecutor {
  /**
   * Sends a query or a mutation; the answer has `data`, `errors` or both.
   *
   * @throws RemoteFailure
   */
  execute(call: RemoteCall): Promise<ExecutionResult>
  /**
   * Opens a subscription over SSE. It ends with the remote's `complete`, when it is left (`return()`), and with the call's signal.
   *
   * @throws RemoteFailure from the first `next()` when it cannot be opened, later when it breaks
   */
  subscribe(call: RemoteCall): AsyncGenerator<ExecutionResult, void, undefined>
  /**
   * The schema that the remote has at present: by introspection, or by federation's `_service { sdl }`.
   *
   * @throws RemoteFailure
   */
  introspect(options?: { readonly from?: 'introspection' | 'service' }): Promise<GraphQLSchema>
  state(): RemoteState
  /** Ends what is under way (`ABORTED`) and gives the connections back. */
  close(): Promise<void>
}

/** What an executor is made of. */
export interface RemoteExecutorOptions {
  /** The extension's name: in every message. */
  readonly name: string
  readonly remote: RemoteOptions
  /** A Unix socket to connect to, in place of the address's host and port. @default none */
  readonly socketPath?: string
  /** The present in milliseconds since 1970. @default Date.now */
  readonly now?: () => number
  /** From 0 to below 1, for jitter. @default Math.random */
  readonly random?: () => number
}
