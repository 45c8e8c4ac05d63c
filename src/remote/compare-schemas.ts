import { findBreakingChanges, type GraphQLSchema } from 'graphql'
import { readRemoteSchema } from './read-remote-schema.ts'

/** A way in which a remote is no longer what its pinned SDL says. */
export interface SchemaDifference {
  /** One of graphql-js's `BreakingChangeType`, such as `FIELD_REMOVED`. */
  readonly type: string
  readonly description: string
}

/**
 * What a remote has changed so that operations that fit the pinned SDL may fail; what it has added is no difference. Directives
 * are left out: the gateway sends it none but those of the specification.
 *
 * @param pinned SDL
 * @throws GraphQLError, Error where the pinned SDL is no schema
 */
export const compareSchemas = (pinned: string, actual: GraphQLSchema): readonly SchemaDifference[] =>
  findBreakingChanges(readRemoteSchema(pinned), actual)
    .filter(({ type }) => !type.startsWith('DIRECTIVE_'))
    .map(({ type, description }) => ({ type, description }))
