import type { DataContext } from './context.ts'
import type { UserError } from './errors.ts'
import type { WriteAction } from './rights.ts'

/** One record that a mutation is about to write, or has just written. */
export interface Change<Row = Readonly<Record<string, unknown>>> {
  /** The type of the record, such as `Customer`. */
  readonly entity: string
  readonly action: WriteAction
  readonly id: string
  /** The record as it was; `null` when it is being created. */
  readonly before: Row | null
  /** Stored fields that the write sets. */
  readonly values: Readonly<Partial<Row>>
  /** What the caller sent for this record, fields that are not stored included. */
  readonly input: Readonly<Record<string, unknown>>
  /** Where in the arguments `input` stands, such as `["input", "items", "3"]`: the start of a userError's path. */
  readonly path: readonly string[]
  /** Sets further stored fields in the same write; for checks. */
  amend(values: Readonly<Partial<Row>>): void
  /** Names of the fields in `values` whose value is not what it was in `before`; all of a new record. */
  changedFields(): readonly string[]
}

/** Runs before a core write, inside its transaction, over all changes at once: refuses by userErrors, or amends. */
export type Check<Row = Readonly<Record<string, unknown>>> = (
  changes: readonly Change<Row>[],
  context: DataContext,
) => readonly UserError[] | Promise<readonly UserError[]>

/** Runs after a core write, inside its transaction, over all changes at once: writes what follows from them. */
export type Effect<Row = Readonly<Record<string, unknown>>> = (
  changes: readonly Change<Row>[],
  context: DataContext,
) => void | Promise<void>
