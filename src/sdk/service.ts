/** The fields of a create or update input, as the SDL's input type has them. */
export type EntityInput = Readonly<Record<string, unknown>>

export interface UpdateInput extends EntityInput {
  readonly id: string
  /** Refuse with `STALE_VERSION` when the record has another version by now. */
  readonly expectedVersion?: number | null
}

export interface BulkUpsertInput {
  /** The system that the records come from, such as `crm-sales`. */
  readonly system: string
  readonly items: readonly (EntityInput & { readonly externalId: string })[]
  /** `ABORT` writes all or nothing, `SKIP` leaves refused items out. @default 'ABORT' */
  readonly errorPolicy?: 'ABORT' | 'SKIP' | null
}

export type UpsertStatus = 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'REFUSED'

export interface BulkUpsertResult {
  readonly results: readonly {
    readonly externalId: string
    readonly id: string | null
    readonly status: UpsertStatus
  }[]
  readonly userErrors: readonly {
    readonly code: string
    readonly message: string
    readonly path: readonly string[]
  }[]
}

/**
 * The writes that every entity has. Each asserts the viewer's rights first, runs the checks, and joins
 * the mutation's transaction.
 *
 * @throws UserErrors when the input is refused; nothing is written then
 * @throws TrellisError `FORBIDDEN` when the viewer may not write it
 */
export interface EntityService<Row> {
  create(input: EntityInput): Promise<Row>
  update(input: UpdateInput): Promise<Row>
  delete(input: UpdateInput): Promise<Row>
  restore(input: UpdateInput): Promise<Row>
  bulkUpsert(input: BulkUpsertInput): Promise<BulkUpsertResult>
  /** Writes stored fields that the API's inputs do not have; for the services of the entity's own module. */
  set(input: UpdateInput, values: Readonly<Partial<Row>>): Promise<Row>
}
