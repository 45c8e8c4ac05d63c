import type { Extension, ResolverMap } from '@trellis/sdk'
import {
  type DirectiveDefinitionNode,
  type DocumentNode,
  isTypeDefinitionNode,
  isTypeExtensionNode,
  Kind,
  type TypeDefinitionNode,
  type TypeExtensionNode,
} from 'graphql'
import type { RemotePart } from './remote/remote-part.ts'

interface Supply {
  readonly version: string
  /** Named where a node does not know its own place. */
  readonly file: string
  readonly document: DocumentNode
  /** Definitions by name; of several with one name, the first. */
  readonly types: ReadonlyMap<string, TypeDefinitionNode>
  /** `extend …` by name of the type. */
  readonly extends: ReadonlyMap<string, readonly TypeExtensionNode[]>
  readonly directives: ReadonlyMap<string, DirectiveDefinitionNode>
}

/** What the core supplies. */
export interface CoreSubschema extends Supply {
  readonly kind: 'core'
  readonly name: 'core'
  readonly resolvers: ResolverMap
  /** Coordinate to module. */
  readonly owners: ReadonlyMap<string, string>
  /** Stored fields by type, where they are known. */
  readonly storedFields: ReadonlyMap<string, ReadonlySet<string>>
  /** The types of events that it leaves. */
  readonly events: ReadonlySet<string>
}

/** What an extension supplies. */
export interface ExtensionSubschema extends Supply {
  readonly kind: 'extension'
  readonly name: string
  /** Its package's; `null` when it has none. */
  readonly description: string | null
  readonly extension: Extension
  /** Of a service elsewhere, and of an extension in a process of its own; `null` for code that runs here. */
  readonly remote: RemotePart | null
}

export type Subschema = CoreSubschema | ExtensionSubschema

/** A document's definitions by name, as every check asks for them. */
export function indexDocument(
  document: DocumentNode,
): Pick<Supply, 'document' | 'types' | 'extends' | 'directives'> {
  const types = new Map<string, TypeDefinitionNode>()
  const extensions = new Map<string, TypeExtensionNode[]>()
  const directives = new Map<string, DirectiveDefinitionNode>()
  for (const node of document.definitions) {
    if (isTypeDefinitionNode(node)) {
      if (!types.has(node.name.value)) types.set(node.name.value, node)
    } else if (isTypeExtensionNode(node)) {
      const others = extensions.get(node.name.value)
      if (others === undefined) extensions.set(node.name.value, [node])
      else others.push(node)
    } else if (node.kind === Kind.DIRECTIVE_DEFINITION) directives.set(node.name.value, node)
  }
  return { document, types, extends: extensions, directives }
}
