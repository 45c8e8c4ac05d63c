import type { Context } from '@trellis/sdk'

/** One operation for a remote, as text. */
export interface UpstreamOperation {
  readonly document: string
  readonly variables: Readonly<Record<string, unknown>>
  readonly operationType: 'query' | 'mutation' | 'subscription'
  /** Of a mutation: where the client's answer has the field, by dots. */
  readonly path?: string
}

/**
 * How a remote is called. Answers as GraphQL services do, `{ data, errors }`; nothing of it is trusted. Whatever is
 * thrown is the failure of all fields that were asked for.
 */
export interface Transport {
  execute(operation: UpstreamOperation, context: Context): Promise<unknown>
  subscribe(operation: UpstreamOperation, context: Context): AsyncIterable<unknown>
}
