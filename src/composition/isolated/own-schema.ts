import {
  type DefinitionNode,
  type DirectiveNode,
  type DocumentNode,
  Kind,
  parse,
  specifiedScalarTypes,
  type TypeDefinitionNode,
  visit,
} from 'graphql'
import { rootTypes } from '../names.ts'
import type { CoreSubschema, ExtensionSubschema } from '../subschema.ts'
import { recordsArgument, recordsField } from './records-field.ts'

const json = {
  kind: Kind.SCALAR_TYPE_DEFINITION,
  name: { kind: Kind.NAME, value: 'JSON' },
} as const satisfies DefinitionNode

/** The schema of one extension as a service would have it, and what that is missing. */
export interface OwnSchema {
  readonly document: DocumentNode
  /** Records of the core that it has fields on, or leads to. */
  readonly foreign: ReadonlySet<string>
  /** Types that are neither its own nor the core's. */
  readonly unknown: ReadonlySet<string>
}

const builtin: ReadonlySet<string> = new Set(specifiedScalarTypes.map(({ name }) => name))

/**
 * Writes an extension's SDL as that of a service: with the core's types that it uses, and a lookup for each entity that
 * it has fields on. Of the core's records it has the id alone; the gateway reads the rest.
 *
 * @param looked the types that it has fields on
 */
export function ownSchema(
  { document, types }: ExtensionSubschema,
  core: CoreSubschema,
  looked: ReadonlySet<string>,
): OwnSchema {
  const foreign = new Set<string>()
  const unknown = new Set<string>()
  const copies = new Map<string, DefinitionNode>()

  const copy = (name: string): void => {
    if (builtin.has(name) || types.has(name) || copies.has(name) || rootTypes.has(name)) return
    const original = core.types.get(name)
    if (!original) {
      unknown.add(name)
      return
    }
    const isForeign = isRecord(original)
    if (isForeign) foreign.add(name)
    const copied = plain(isForeign ? recordWithId(original) : original)
    copies.set(name, copied)
    copyUsesOf(copied)
  }
  const copyUsesOf = (definition: DefinitionNode): void => {
    visit(definition, { NamedType: ({ name }) => copy(name.value) })
    if ('name' in definition && definition.name && definition.kind !== Kind.DIRECTIVE_DEFINITION)
      copy(definition.name.value)
  }

  const own = document.definitions.map(plain)
  for (const definition of own) copyUsesOf(definition)
  // The lookups take JSON, whether or not the extension uses it.
  if (looked.size > 0) copies.set('JSON', json)
  for (const name of looked) copy(name)
  const roots = [...rootTypes].filter(name => name === 'Query' || own.some(node => extendsType(node, name)))
  return {
    document: {
      kind: Kind.DOCUMENT,
      definitions: [...roots.map(name => rootType(name, looked)), ...copies.values(), ...own],
    },
    foreign,
    unknown,
  }
}

const isRecord = (node: TypeDefinitionNode): boolean =>
  node.kind === Kind.OBJECT_TYPE_DEFINITION && (node.fields ?? []).some(({ name }) => name.value === 'id')

const recordWithId = (node: TypeDefinitionNode): TypeDefinitionNode =>
  node.kind === Kind.OBJECT_TYPE_DEFINITION
    ? { ...node, interfaces: [], fields: (node.fields ?? []).filter(({ name }) => name.value === 'id') }
    : node

const extendsType = (node: DefinitionNode, name: string): boolean =>
  node.kind === Kind.OBJECT_TYPE_EXTENSION && node.name.value === name

/** Directives of composition are none of a service's. */
const plain = <Node extends DefinitionNode>(node: Node): Node =>
  visit(node, { Directive: (directive: DirectiveNode) => (isOfGraphQL(directive) ? undefined : null) })

const isOfGraphQL = ({ name }: DirectiveNode): boolean =>
  name.value === 'deprecated' || name.value === 'oneOf' || name.value === 'specifiedBy'

/** A root type to be extended. `Query` has the lookups, and without any a field that nobody asks for. */
function rootType(name: string, looked: ReadonlySet<string>): DefinitionNode {
  const lookups = [...looked].map(
    typeName => `${recordsField(typeName)}(${recordsArgument}: [JSON!]!): [${typeName}]!`,
  )
  const fields = name === 'Query' ? ['_records: Boolean', ...lookups] : []
  const [definition] = parse(fields.length > 0 ? `type ${name} { ${fields.join(' ')} }` : `type ${name}`, {
    noLocation: true,
  }).definitions
  if (!definition) throw new Error(`There is no type ${name}.`)
  return definition
}
