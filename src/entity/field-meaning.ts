import type { GraphQLField, GraphQLFieldResolver } from 'graphql'
import type { Collection, Column, EntityDefinition } from './definition.ts'

/** What a field's resolver will ask for, known without calling it. */
export type FieldMeaning =
  /** The record of this id. */
  | { readonly kind: 'record'; readonly target: EntityDefinition }
  /** A page of all records. */
  | { readonly kind: 'records'; readonly target: EntityDefinition }
  /** The record that a column points to. */
  | { readonly kind: 'reference'; readonly column: Column; readonly target: EntityDefinition }
  /** The records that point here. */
  | { readonly kind: 'collection'; readonly collection: Collection; readonly target: EntityDefinition }
  /** Something of its own, made of these stored fields of its parent. */
  | { readonly kind: 'requires'; readonly columns: readonly string[] }

const extension = 'meaning'

declare module 'graphql' {
  interface GraphQLFieldExtensions<_TSource, _TContext, _TArgs> {
    readonly [extension]?: FieldMeaning
  }
}

/**
 * A resolver that tells what it will ask for, so that who reads the operation can ask ahead of it. Both are
 * one entry of a resolver map: whoever puts another in its place takes the meaning away with it.
 */
export const withMeaning = <Resolve extends GraphQLFieldResolver<never, never, never>>(
  meaning: FieldMeaning,
  resolve: Resolve,
) => ({ resolve, extensions: { [extension]: meaning } })

export const meaningOf = (field: GraphQLField<unknown, unknown>): FieldMeaning | null =>
  field.extensions[extension] ?? null
