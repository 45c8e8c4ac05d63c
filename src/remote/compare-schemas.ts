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

/** `Int` and its like are in a schema for as long as they are used; who uses them is what has changed. */
const isOfScalars = ({ description }: Change): boolean => description.startsWith('Standard scalar ')

/** What federation's servers add for themselves: `_service`, `_Any`. */
const isOfFederation = ({ description }: Change): boolean => /^(Query\.)?_/.test(description)

/** The gateway sends no directives but those of the specification. */
const told = (changes: readonly Change[]): readonly SchemaDifference[] =>
  changes
    .filter(change => !change.type.startsWith('DIRECTIVE_') && !isOfScalars(change))
    .map(({ type, description }) => ({ type, description }))

/** Of what is gone when the schemas are compared the other way round. */
const added = ({ description }: SchemaDifference): SchemaDifference => ({
  type: 'ADDED',
  description: description.replace(/ was removed\.$/, ' was added.'),
})

/**
 * What a remote has changed. Directives are left out.
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
      ...told(findBreakingChanges(actual, before))
        .filter(change => additions.has(change.type) && !isOfFederation(change))
        .map(added),
    ],
  }
}
