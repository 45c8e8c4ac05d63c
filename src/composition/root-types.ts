import { type DefinitionNode, Kind } from 'graphql'
import { rootTypes } from './names.ts'
import { type CoreSubschema, type ExtensionSubschema, indexDocument } from './subschema.ts'

/**
 * The core with every root type that is extended: one that has no subscriptions of its own does not
 * define the type, and yet no extension can own it, since the next one extends it as well.
 */
export function withRootTypes(core: CoreSubschema, extensions: readonly ExtensionSubschema[]): CoreSubschema {
  const added = [...rootTypes].filter(
    name => !core.types.has(name) && extensions.some(subschema => subschema.extends.has(name)),
  )
  if (added.length === 0) return core
  const definitions = [...core.document.definitions, ...added.map(emptyType)]
  return { ...core, ...indexDocument({ ...core.document, definitions }) }
}

const emptyType = (name: string): DefinitionNode => ({
  kind: Kind.OBJECT_TYPE_DEFINITION,
  name: { kind: Kind.NAME, value: name },
})
