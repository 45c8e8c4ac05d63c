import { createHash, randomUUID } from 'node:crypto'
import type { Endpoint } from './endpoint.ts'

/** The kinds of record that are loaded, as the API calls them. */
export type Entity =
  | 'Team'
  | 'User'
  | 'Customer'
  | 'Product'
  | 'Pipeline'
  | 'PipelineStage'
  | 'Opportunity'
  | 'OpportunityLine'

/** What the API knows the records by, beside their ids in the files. */
export const system = 'crm-sales'

/** What every item of a bulk upsert has. */
export interface UpsertItem {
  readonly externalId: string
}

export interface UpsertResult {
  readonly externalId: string
  readonly id: string | null
  readonly status: 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'REFUSED'
}

export interface UserError {
  readonly code: string
  readonly message: string
  /** Such as `["input", "items", "3", "email"]`. */
  readonly path: readonly string[]
}

/** What became of a batch. */
export interface BatchAnswer {
  readonly results: readonly UpsertResult[]
  readonly userErrors: readonly UserError[]
}

/** Sends a batch of records of one kind. */
export type BulkUpsert = (entity: Entity, items: readonly UpsertItem[]) => Promise<BatchAnswer>

const mutationOf = (entity: Entity): string => `
  mutation CrmSales${entity}($input: ${entity}BulkUpsertInput!) {
    answer: ${entity.charAt(0).toLowerCase()}${entity.slice(1)}BulkUpsert(input: $input) {
      results { externalId id status }
      userErrors { code message path }
    }
  }`

/**
 * A batch that is sent again, because its answer was lost, has the same key and so the same effect once.
 * A new run has new keys: an old one would be answered as before, with CREATED, where UNCHANGED is true by now.
 */
export function createBulkUpsert(endpoint: Endpoint, run: string = randomUUID()): BulkUpsert {
  return async (entity, items) => {
    const input = { system, items, errorPolicy: 'SKIP' }
    const key = createHash('sha256')
      .update(JSON.stringify([run, entity, input]))
      .digest('base64url')
    const { answer } = await endpoint.request<{ readonly answer: BatchAnswer }>(
      mutationOf(entity),
      { input },
      { 'idempotency-key': key },
    )
    return answer
  }
}
