import type { DocumentNode, GraphQLSchema } from 'graphql'
import type { AnsweredOperation } from './answer-operation.ts'

/** Operations that the database answers, by schema, document and name: they go when the document or the schema goes. */
export interface KnownAnswers {
  find(schema: GraphQLSchema, document: DocumentNode, operationName: string | null): AnsweredOperation | null
  /** Only for an operation that has been validated. */
  note(
    schema: GraphQLSchema,
    document: DocumentNode,
    operationName: string | null,
    operation: AnsweredOperation,
  ): void
}

export function createKnownAnswers(): KnownAnswers {
  const schemas = new WeakMap<GraphQLSchema, WeakMap<DocumentNode, Map<string | null, AnsweredOperation>>>()
  return {
    find: (schema, document, operationName) => schemas.get(schema)?.get(document)?.get(operationName) ?? null,
    note(schema, document, operationName, operation) {
      const documents =
        schemas.get(schema) ?? new WeakMap<DocumentNode, Map<string | null, AnsweredOperation>>()
      schemas.set(schema, documents)
      const operations = documents.get(document) ?? new Map<string | null, AnsweredOperation>()
      documents.set(document, operations)
      operations.set(operationName, operation)
    },
  }
}
