import type { Context, Log, Viewer } from '@trellis/sdk'
import type { DocumentNode, GraphQLSchema } from 'graphql'
import type { Router } from './routes/router.ts'

/** What a request says before its body. */
export interface RequestHead {
  readonly headers: Pick<Headers, 'get'>
}

/** What is known of an operation just before it is executed. */
export interface ContextOptions {
  readonly viewer: Viewer
  readonly requestId: string
  readonly log: Log
  /** Aborted when the client hangs up. */
  readonly signal: AbortSignal
  readonly request: RequestHead
  readonly document: DocumentNode
  readonly operationName: string | null
  readonly variables: Readonly<Record<string, unknown>>
}

export type CreateContext = (options: ContextOptions) => Context

/**
 * What requests are answered from: a schema, and all that its operations reach. It is swapped whole; a request
 * keeps the one that it began with.
 */
export interface Generation {
  readonly schema: GraphQLSchema
  readonly createContext: CreateContext
  readonly router: Router
  /** Keeps what it is made of from being let go of, until the answer is called. */
  readonly hold: () => () => void
}
