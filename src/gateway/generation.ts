import type { GraphQLSchema } from 'graphql'
import type { CreateContext } from './plugins/use-context.ts'
import type { Router } from './routes/router.ts'

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
