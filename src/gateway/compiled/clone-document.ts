import type { ASTNode, DocumentNode } from 'graphql'
import { visit } from 'graphql'

/**
 * A document of the same places and texts made of new nodes: graphql-jit writes its conditions for
 * `@skip` and `@include` onto the nodes that it compiles, where a second compilation would find them.
 */
export const cloneDocument = (document: DocumentNode): DocumentNode =>
  visit(document, {
    leave: (node: ASTNode) => ({ ...node }),
  })
