import { buildASTSchema, type DefinitionNode, type DocumentNode, type GraphQLSchema, Kind } from 'graphql'
import { withoutListSize } from './list-size.ts'

/**
 * The schema of a merged and checked document, without what is for composition only, and without resolvers. It is valid as SDL;
 * as a schema it is checked once it is built, unless one of the same document was.
 */
export const buildSchema = (document: DocumentNode, { isChecked = false } = {}): GraphQLSchema =>
  buildASTSchema(
    { ...document, definitions: document.definitions.map(published) },
    { assumeValidSDL: true, assumeValid: isChecked },
  )

function published(node: DefinitionNode): DefinitionNode {
  switch (node.kind) {
    case Kind.OBJECT_TYPE_DEFINITION:
    case Kind.OBJECT_TYPE_EXTENSION:
    case Kind.INTERFACE_TYPE_DEFINITION:
    case Kind.INTERFACE_TYPE_EXTENSION:
      return node.fields === undefined ? node : { ...node, fields: node.fields.map(withoutListSize) }
    default:
      return node
  }
}
