import {
  buildASTSchema,
  type DefinitionNode,
  type GraphQLSchema,
  isTypeDefinitionNode,
  Kind,
  parse,
  type Source,
} from 'graphql'

const definitionOf = {
  [Kind.OBJECT_TYPE_EXTENSION]: Kind.OBJECT_TYPE_DEFINITION,
  [Kind.INTERFACE_TYPE_EXTENSION]: Kind.INTERFACE_TYPE_DEFINITION,
} as const

/**
 * A remote's SDL as a schema. Directives may be used without being defined, as those of federation and stitching are, and
 * what extends a type that is nowhere defined defines it: federation writes `extend type Query`.
 *
 * @throws GraphQLError, Error where it is no schema
 */
export function readRemoteSchema(sdl: string | Source): GraphQLSchema {
  const { definitions, kind } = parse(sdl)
  const defined = new Set(definitions.filter(isTypeDefinitionNode).map(({ name }) => name.value))
  const completed = definitions.map((definition): DefinitionNode => {
    if (definition.kind !== Kind.OBJECT_TYPE_EXTENSION && definition.kind !== Kind.INTERFACE_TYPE_EXTENSION)
      return definition
    if (defined.has(definition.name.value)) return definition
    defined.add(definition.name.value)
    return definition.kind === Kind.OBJECT_TYPE_EXTENSION
      ? { ...definition, kind: definitionOf[definition.kind] }
      : { ...definition, kind: definitionOf[definition.kind] }
  })
  return buildASTSchema({ kind, definitions: completed }, { assumeValidSDL: true })
}
