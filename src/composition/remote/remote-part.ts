import type { DocumentNode, GraphQLSchema } from 'graphql'
import type { Lookup } from '../../delegation/index.ts'

/** What an extension has more when it is a service elsewhere. */
export interface RemotePart {
  /** The service's own SDL. */
  readonly document: DocumentNode
  readonly schema: GraphQLSchema
  /** By type name, as configured or by directives. */
  readonly lookups: ReadonlyMap<string, Lookup>
  /** Types of others that its SDL has a copy of, to add fields to them or to point to their records. */
  readonly foreign: ReadonlySet<string>
}
