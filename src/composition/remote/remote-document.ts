import {
  type DefinitionNode,
  type DocumentNode,
  type FieldDefinitionNode,
  type InterfaceTypeExtensionNode,
  isTypeDefinitionNode,
  Kind,
  type NameNode,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  specifiedDirectives,
  visit,
} from 'graphql'
import type { Lookup } from '../../delegation/index.ts'
import { rootTypes } from '../names.ts'
import type { CoreSubschema } from '../subschema.ts'
import { withoutMergeDirectives } from './merge-directives.ts'

export interface RemoteDocumentOptions {
  readonly core: Pick<CoreSubschema, 'types' | 'directives'>
  readonly lookups: ReadonlyMap<string, Lookup>
  readonly foreign: ReadonlySet<string>
}

/**
 * A service's SDL as an extension's: what it adds to the schema, in the words of an extension.
 *
 * - Its root types extend the core's; fields that only look records up are not public.
 * - Its copy of a type of another becomes `extend type`, without the fields that are its keys.
 * - Scalars and directives of the core are not defined again, nor what only lookups take.
 */
export function remoteDocument(document: DocumentNode, options: RemoteDocumentOptions): DocumentNode {
  const definitions = withoutMergeDirectives(document).definitions.flatMap(node => published(node, options))
  return { ...document, definitions: withoutOrphans(definitions, document) }
}

function published(
  node: DefinitionNode,
  { core, lookups, foreign }: RemoteDocumentOptions,
): readonly DefinitionNode[] {
  switch (node.kind) {
    case Kind.SCHEMA_DEFINITION:
    case Kind.SCHEMA_EXTENSION: {
      // The usual names say nothing; others are refused as in any extension.
      const isUsual = (node.operationTypes ?? []).every(({ type }) => rootTypes.has(type.name.value))
      return isUsual ? [] : [node]
    }
    case Kind.DIRECTIVE_DEFINITION: {
      const name = node.name.value
      const isKnown = core.directives.has(name) || specifiedDirectives.some(known => known.name === name)
      return isKnown ? [] : [node]
    }
    case Kind.SCALAR_TYPE_DEFINITION:
      return core.types.get(node.name.value)?.kind === Kind.SCALAR_TYPE_DEFINITION ? [] : [node]
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_EXTENSION: {
      const name = node.name.value
      if (rootTypes.has(name))
        return extending(node, ({ name: field }) => name === 'Query' && isLookup(field, lookups))
      if (!foreign.has(name)) return [node]
      const keys = keyFieldsOf(lookups.get(name))
      return extending(node, ({ name: field }) => keys.has(field.value))
    }
    default:
      return [node]
  }
}

/** `extend type` of what is left without the fields that are `hidden`; nothing when none is. */
function extending(
  { name, fields = [], ...node }: ObjectTypeDefinitionNode | ObjectTypeExtensionNode,
  hidden: (field: FieldDefinitionNode) => boolean,
): readonly (ObjectTypeExtensionNode | InterfaceTypeExtensionNode)[] {
  const shown = fields.filter(field => !hidden(field))
  if (shown.length === 0) return []
  return [{ kind: Kind.OBJECT_TYPE_EXTENSION, name, fields: shown, ...(node.loc && { loc: node.loc }) }]
}

const isLookup = ({ value }: NameNode, lookups: ReadonlyMap<string, Lookup>): boolean =>
  [...lookups.values()].some(({ field }) => field === value)

/** Fields of another's type that the service is told, and so does not answer; `id` where it only points to records. */
const keyFieldsOf = (lookup: Lookup | undefined): ReadonlySet<string> =>
  new Set(lookup ? ['id', ...lookup.key, ...[...lookup.requires.values()].flat()] : ['id'])

/** Leaves out what was used before and is not now: the keys that lookups take. */
function withoutOrphans(
  definitions: readonly DefinitionNode[],
  before: DocumentNode,
): readonly DefinitionNode[] {
  const wasUsed = namesIn(before.definitions)
  const isUsed = namesIn(definitions)
  const rest = definitions.filter(
    node =>
      !isTypeDefinitionNode(node) ||
      (node.kind !== Kind.SCALAR_TYPE_DEFINITION && node.kind !== Kind.INPUT_OBJECT_TYPE_DEFINITION) ||
      isUsed.has(node.name.value) ||
      !wasUsed.has(node.name.value),
  )
  return rest.length === definitions.length ? rest : withoutOrphans(rest, before)
}

function namesIn(definitions: readonly DefinitionNode[]): ReadonlySet<string> {
  const names = new Set<string>()
  for (const definition of definitions)
    visit(definition, { NamedType: ({ name }) => void names.add(name.value) })
  return names
}
