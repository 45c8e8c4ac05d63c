import type { Collection, Column, EntityDefinition } from './definition.ts'

/** What a resolver will ask for, known without calling it. */
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

/** By resolver, so that whoever puts another one in a field's place takes the meaning away with it. */
const meanings = new WeakMap<object, FieldMeaning>()

/** Tells what a resolver will ask for, so that who reads the operation can ask ahead of it. */
export function withMeaning<Resolve extends object>(meaning: FieldMeaning, resolve: Resolve): Resolve {
  meanings.set(resolve, meaning)
  return resolve
}

export const meaningOf = (resolve: object | undefined): FieldMeaning | null =>
  (resolve && meanings.get(resolve)) ?? null
