import type { Context, ResolverMap } from '@trellis/sdk'
import { type GraphQLFieldResolver, GraphQLScalarType } from 'graphql'
import type { Subschema } from './subschema.ts'

/** A function of an author's: what it takes and answers was checked by its types, or not at all. */
export type Resolve = GraphQLFieldResolver<unknown, Context, Readonly<Record<string, unknown>>>

/** The long form of a field's resolver. */
export interface FieldConfig {
  readonly resolve?: Resolve
  readonly subscribe?: Resolve
}

export const isResolve = (value: unknown): value is Resolve => typeof value === 'function'

export const isFieldConfig = (value: unknown): value is FieldConfig =>
  isEntries(value) &&
  ['resolve', 'subscribe'].every(key => value[key] === undefined || isResolve(value[key])) &&
  (isResolve(value['resolve']) || isResolve(value['subscribe']))

export const isScalar = (value: unknown): value is GraphQLScalarType => value instanceof GraphQLScalarType

/** An object, whatever its keys. */
export const isEntries = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null

/** The entries of a type in a resolver map; none where it has something else. */
export const entriesOf = (value: unknown): readonly (readonly [key: string, value: unknown])[] =>
  isEntries(value) && !isScalar(value) ? Object.entries(value) : []

/** What a subschema's map has for a type. */
export function resolversOf(subschema: Subschema, typeName: string): unknown {
  const resolvers = mapOf(subschema)
  return Object.hasOwn(resolvers, typeName) ? resolvers[typeName] : undefined
}

/** What a subschema's map has for a field or for `__resolveType` and its like. */
export const resolverOf = (subschema: Subschema, typeName: string, key: string): unknown =>
  entriesOf(resolversOf(subschema, typeName)).find(([name]) => name === key)?.[1]

/** A subschema's resolvers by type. */
export const mapOf = (subschema: Subschema): ResolverMap =>
  subschema.kind === 'core' ? subschema.resolvers : (subschema.extension.resolvers ?? {})
