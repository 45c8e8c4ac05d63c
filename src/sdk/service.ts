import type { UserError } from './errors.ts'

/** The fields of a create or update input, as the SDL's input type has them. */
export type EntityInput = Readonly<Record<string, unknown>>

export interface UpdateInput extends EntityInput {
  readonly id: string
  /** Refuse with `STALE_VERSION` when the record has another version by now. */
  readonly expectedVersion?: number | null
}

/** What a bulk does when it refuses an item: `ABORT` writes nothing at all, `SKIP` leaves the item out. */
export type BulkErrorPolicy = 'ABORT' | 'SKIP'

export interface BulkOptions {
  /** @default 'ABORT' */
  readonly errorPolicy?: BulkErrorPolicy | null
}

export interface BulkInput<Item extends EntityInput = EntityInput> extends BulkOptions {
  /** 1 to 1,000. */
  readonly items: readonly Item[]
}

export interface BulkUpsertInput extends BulkInput<EntityInput & { readonly externalId: string }> {
  /** The system that the records come from, such as `crm-sales`. */
  readonly system: string
}

export type BulkStatus = 'CREATED' | 'UPDATED' | 'UNCHANGED' | 'DELETED' | 'RESTORED' | 'REFUSED'

/** What became of one item. */
export interface BulkResult {
  /** The record's id; `null` when the item was refused. */
  readonly id: string | null
  readonly status: BulkStatus
  /** The id in another system that the item of an upsert was sent with. */
  readonly externalId?: string
}

/** What became of a bulk. */
export interface BulkOutcome {
  /** One for each item, in their order. */
  readonly results: readonly BulkResult[]
  /** Why items were refused, each with the path of its item. */
  readonly userErrors: readonly UserError[]
}

/** A record to be written with stored fields that the API's inputs do not have. */
export interface StoredItem<Row> {
  readonly values: Readonly<Partial<Row>>
  /** What the client sent for it, for checks and effects to see. @default nothing */
  readonly input?: EntityInput
  /** Where that stands in the mutation's arguments, the start of its userErrors' paths. @default ['input'] */
  readonly path?: readonly string[]
}

export interface StoredChange<Row> extends StoredItem<Row> {
  readonly id: string
  readonly expectedVersion?: number | null
}

/**
 * The writes that every entity has. Each asserts the viewer's rights first, runs the checks, and joins
 * the mutation's transaction. Of an entity that clients do not write, such as a history, no right to write
 * is asserted: its records follow from mutations that have asserted theirs.
 *
 * The writes of many records take as many statements as that of one. A record among them that the viewer may
 * not write is refused by a userError `FORBIDDEN`, as others are for what is wrong with them.
 *
 * @throws UserErrors when the input is refused; nothing is written then
 * @throws TrellisError `FORBIDDEN` when the viewer may not write the record, or any record of the entity
 */
export interface EntityService<Row> {
  create(input: EntityInput): Promise<Row>
  update(input: UpdateInput): Promise<Row>
  delete(input: UpdateInput): Promise<Row>
  restore(input: UpdateInput): Promise<Row>
  /** @throws TrellisError `BAD_INPUT` for fewer or more items than are allowed */
  bulkCreate(input: BulkInput): Promise<BulkOutcome>
  /** @throws TrellisError `BAD_INPUT` for fewer or more items than are allowed */
  bulkUpdate(input: BulkInput<UpdateInput>): Promise<BulkOutcome>
  /** @throws TrellisError `BAD_INPUT` for fewer or more items than are allowed */
  bulkDelete(input: BulkInput<UpdateInput>): Promise<BulkOutcome>
  /** @throws TrellisError `BAD_INPUT` for fewer or more items than are allowed */
  bulkRestore(input: BulkInput<UpdateInput>): Promise<BulkOutcome>
  /** @throws TrellisError `BAD_INPUT` for fewer or more items than are allowed */
  bulkUpsert(input: BulkUpsertInput): Promise<BulkOutcome>
  /** Writes stored fields that the API's inputs do not have; for the services of the entity's own module. */
  set(input: UpdateInput, values: Readonly<Partial<Row>>): Promise<Row>
  /** The same of many records, however many, each of them once; with `SKIP`, give each item a path of its own. */
  setMany(items: readonly StoredChange<Row>[], options?: BulkOptions): Promise<BulkOutcome>
  /**
   * Creates records, however many, with stored fields that the API's inputs do not have; for the services and
   * effects of the entity's own module. References among these fields are the module's to vouch for. All are
   * written or none; answers their ids, in the order of the items.
   */
  insert(items: readonly StoredItem<Row>[]): Promise<readonly string[]>
}
