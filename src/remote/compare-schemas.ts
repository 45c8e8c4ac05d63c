import { findBreakingChanges, findDangerousChanges, type GraphQLSchema } from 'graphql'
import { readRemoteSchema } from './read-remote-schema.ts'

/** A way in which a remote is no longer what its pinned SDL says. */
export interface SchemaDifference {
  /** Of what kind it is: one of graphql-js's names, such as `FIELD_REMOVED`, or `ADDED`. */
  readonly type: string
  readonly description: string
}

/** What a remote has changed since its schema was pinned. */
export interface SchemaDifferences {
  /** Operations that fit the pinned SDL may fail. */
  readonly breaking: readonly SchemaDifference[]
  /** They do not, but may come to something else; or there is more than is pinned. */
  readonly other: readonly SchemaDifference[]
}

interface Change {
  readonly type: string
  readonly description: string
}

const additions: ReadonlySet<string> = new Set(['TYPE_REMOVED', 'FIELD_REMOVED'])

/** Of graphql-js, which says what is gone when the schemas are compared the other way round. */
const added = ({ description }: Change): SchemaDifference => ({
  type: 'ADDED',
  description: description.replace(/ was removed\.$/, ' was added.'),
})

/** The gateway sends no directives but those of the specification. */
const told = (changes: readonly Change[]): readonly SchemaDifference[] =>
  changes
    .filter(({ type }) => !type.startsWith('DIRECTIVE_'))
    .map(({ type, description }) => ({ type, description }))

/**
 * What a remote has changed. Directives are left out, and what federation's servers add for themselves.
 *
 * @param pinned SDL
 * @throws GraphQLError, Error where the pinned SDL is no schema
 */
export function compareSchemas(pinned: string, actual: GraphQLSchema): SchemaDifferences {
  const before = readRemoteSchema(pinned)
  return {
    breaking: told(findBreakingChanges(before, actual)),
    other: [
      ...told(findDangerousChanges(before, actual)),
      ...findBreakingChanges(actual, before)
        .filter(({ type, description }) => additions.has(type) && !/^(Query\._|_)/.test(description))
        .map(added),
    ],
  }
}
