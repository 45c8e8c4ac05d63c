import {
  type DocumentNode,
  type GraphQLDirective,
  GraphQLError,
  getDirectiveValues,
  specifiedDirectives,
  visit,
} from 'graphql'

const ofSpecification: ReadonlyMap<string, GraphQLDirective> = new Map(
  specifiedDirectives.map(directive => [directive.name, directive]),
)

/**
 * Arguments of GraphQL's own directives whose values do not fit, such as a reason that is a number. The rules for SDL
 * leave values alone, and building the schema would throw.
 */
export function invalidDirectiveValues(document: DocumentNode): readonly GraphQLError[] {
  const errors: GraphQLError[] = []
  visit(document, {
    Directive(node) {
      const directive = ofSpecification.get(node.name.value)
      if (!directive) return
      try {
        getDirectiveValues(directive, { directives: [node] })
      } catch (error) {
        if (!(error instanceof GraphQLError)) throw error
        errors.push(error)
      }
    },
  })
  return errors
}
