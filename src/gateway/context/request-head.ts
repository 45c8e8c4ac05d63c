import type { Context } from '@trellis/sdk'
import type { RequestHead } from '../generation.ts'

/** Where a context keeps what the client's request said: for what the gateway sends on, not for extensions' code. */
export const requestHead: unique symbol = Symbol('requestHead')

export interface WithRequestHead {
  readonly [requestHead]?: RequestHead | undefined
}

/** The headers of the request that a context is of, where it is of one. */
export const headersOf = (context: Context & WithRequestHead): RequestHead['headers'] | undefined =>
  context[requestHead]?.headers
