import type { Module, TypeDefs } from '@trellis/sdk'
import { type DocumentNode, Kind, parse, Source } from 'graphql'
import { type ExpandedCore, expandCore } from '../entity/index.ts'

const documentOf = (name: string, typeDefs: TypeDefs): DocumentNode => {
  if (typeof typeDefs === 'string') return parse(new Source(typeDefs, name))
  return 'kind' in typeDefs ? typeDefs : parse(new Source(typeDefs.text, typeDefs.file))
}

/** The core's whole SDL, and which module each type and field comes from. */
export interface ExpandedModules extends ExpandedCore {
  /** Coordinate to module, such as `Customer.opportunities` to `sales`; what is not in it is the core's own. */
  readonly owners: ReadonlyMap<string, string>
}

/** @throws GraphQLError with the file and line when a module's SDL cannot be parsed */
export function expandModules(modules: readonly Module[]): ExpandedModules {
  const documents = modules.map(({ name, typeDefs }) => ({ name, document: documentOf(name, typeDefs) }))
  const owners = new Map<string, string>()
  for (const { name, document } of documents)
    for (const node of document.definitions) {
      if (!('name' in node) || !node.name) continue
      if (node.kind === Kind.OBJECT_TYPE_DEFINITION || node.kind === Kind.ENUM_TYPE_DEFINITION)
        owners.set(node.name.value, name)
      if ('fields' in node)
        for (const field of node.fields ?? []) owners.set(`${node.name.value}.${field.name.value}`, name)
    }
  return { ...expandCore(documents.map(({ document }) => document)), owners }
}
