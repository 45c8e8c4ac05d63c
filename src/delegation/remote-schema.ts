import type { GraphQLSchema } from 'graphql'

/** How records of a type are looked up at a remote, many at once. */
export interface Lookup {
  /** Root field that answers one nullable record per key. */
  readonly field: string
  /** Its argument that takes the list of keys. */
  readonly argument: string
  /** Fields of the type that tell its records apart. */
  readonly key: readonly string[]
  /**
   * What stands for a record: the value of its only key field, an object of the key's fields and what the asked fields
   * require, or such an object with `__typename`.
   */
  readonly shape: 'value' | 'object' | 'representation'
  /** Further fields of the type that a field needs to be answered, sent with the key; by field. */
  readonly requires: ReadonlyMap<string, readonly string[]>
}

/** What a remote is to the schema that it is part of. */
export interface RemoteSchema {
  /** The extension's name: `extensions.owner` of its types and fields. */
  readonly name: string
  /** As the remote itself has it, lookups included. */
  readonly schema: GraphQLSchema
  /** By type: those of others that it adds fields to. */
  readonly lookups: ReadonlyMap<string, Lookup>
  /** By type: the field whose value identifies a record that is not the remote's own, and is asked from it. */
  readonly references: ReadonlyMap<string, string>
}
