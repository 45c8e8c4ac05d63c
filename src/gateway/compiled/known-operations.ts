import type { DocumentNode, GraphQLSchema, OperationTypeNode } from 'graphql'
import type { ExecuteOperation } from './interpret-operation.ts'

type Values = Readonly<Record<string, unknown>>

/** An operation that is validated, and how it is executed. */
export interface KnownOperation {
  readonly name: string | null
  readonly type: OperationTypeNode
  /** Whether values fit its variables. */
  readonly takes: (variables: Values) => boolean
  readonly execute: ExecuteOperation
}

/** Operations that came before, by schema, document and name: they go when the document or the schema goes. */
export interface KnownOperations {
  find(schema: GraphQLSchema, document: DocumentNode, operationName: string | null): KnownOperation | null
  /** Only for an operation that has been validated. */
  note(
    schema: GraphQLSchema,
    document: DocumentNode,
    operationName: string | null,
    operation: KnownOperation,
  ): void
}

export function createKnownOperations(): KnownOperations {
  type Named = Map<string | null, KnownOperation>
  const schemas = new WeakMap<GraphQLSchema, WeakMap<DocumentNode, Named>>()
  return {
    find: (schema, document, operationName) => schemas.get(schema)?.get(document)?.get(operationName) ?? null,
    note(schema, document, operationName, operation) {
      const documents = schemas.get(schema) ?? new WeakMap<DocumentNode, Named>()
      schemas.set(schema, documents)
      const operations: Named = documents.get(document) ?? new Map()
      documents.set(document, operations)
      operations.set(operationName, operation)
    },
  }
}
