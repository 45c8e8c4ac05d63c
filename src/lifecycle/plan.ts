import { findBreakingChanges, findDangerousChanges, type GraphQLSchema } from 'graphql'
import type { ComposedExtension } from '../composition/index.ts'

/** What a decision does to what clients see. */
export interface Plan {
  /** Coordinates that come into the schema. */
  readonly added: readonly string[]
  /** Coordinates that leave it. */
  readonly removed: readonly string[]
  /** What clients' operations may break on. */
  readonly breaking: readonly SchemaChange[]
}

/** What was decided, and what follows from it. */
export interface Decided {
  /** As it is to be; replicas follow after the transaction. */
  readonly extension: ComposedExtension
  readonly plan: Plan
}

/** As mutations answer it. */
export const payloadOf = ({ extension, plan }: Decided) => ({ extension, plan, userErrors: [] })

export interface SchemaChange {
  /** Such as `FIELD_REMOVED`: the names of graphql-js. */
  readonly code: string
  readonly message: string
  /** True where operations fail; false where they may come to something else, such as a new enum value. */
  readonly isBreaking: boolean
}

/** A schema with who owns what in it. */
export interface Planned {
  readonly schema: GraphQLSchema
  readonly extensions: readonly Pick<ComposedExtension, 'owns'>[]
}

const ownedIn = ({ extensions }: Planned): ReadonlySet<string> =>
  new Set(extensions.flatMap(({ owns }) => owns))

/** Compares what is served with what would be. */
export function planOf(before: Planned, after: Planned): Plan {
  const [had, has] = [ownedIn(before), ownedIn(after)]
  const change =
    (isBreaking: boolean) =>
    ({ type, description }: { readonly type: string; readonly description: string }): SchemaChange => ({
      code: type,
      message: description,
      isBreaking,
    })
  return {
    added: [...has.difference(had)].toSorted(),
    removed: [...had.difference(has)].toSorted(),
    breaking: [
      ...findBreakingChanges(before.schema, after.schema).map(change(true)),
      ...findDangerousChanges(before.schema, after.schema).map(change(false)),
    ],
  }
}

/** The extension that a decision was about. */
export function extensionIn(
  { extensions }: { readonly extensions: readonly ComposedExtension[] },
  name: string,
): ComposedExtension {
  const found = extensions.find(one => one.name === name)
  if (!found) throw new Error(`${name} was composed, and is not there.`)
  return found
}

/** Of a decision that leaves the schema as it is. */
export const noChange: Plan = { added: [], removed: [], breaking: [] }
