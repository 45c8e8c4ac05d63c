import { Kind, type TypeNode } from 'graphql'

/** The name inside lists and non-nulls: `Tier` of `[Tier!]!`. */
export const namedTypeOf = (type: TypeNode): string =>
  type.kind === Kind.NAMED_TYPE ? type.name.value : namedTypeOf(type.type)
