import type { DataContext } from './context.ts'
import type { UpdateInput } from './service.ts'

/** Records that became one. */
export interface Merge<Row = Readonly<Record<string, unknown>>> {
  /** The record that stays, as it is now. */
  readonly record: Row
  /** Those that became part of it, as they were. Their ids lead to it from now on. */
  readonly merged: readonly Row[]
}

/**
 * Runs after records were merged, inside the transaction, when all that the core stores points to the record that
 * stays: moves what tables of one's own keep under the other ids. Thrown `UserErrors` refuse the merge.
 */
export type MergeEffect<Row = Readonly<Record<string, unknown>>> = (
  merges: readonly Merge<Row>[],
  context: DataContext,
) => void | Promise<void>

/**
 * What a row becomes of which another one is surplus once records are one, such as the membership of a contact in a
 * campaign that addressed the contact merged into it as well. The other row is deleted, so what it alone says is
 * taken over here.
 *
 * @returns the fields that change
 */
export type Join<Row = Readonly<Record<string, unknown>>> = (kept: Row, surplus: Row) => Partial<Row>

export interface MergeInput extends UpdateInput {
  /** The records that become part of it, 1 to 20. */
  readonly mergedIds: readonly string[]
  /** Fields to take over from one of them, by their enum names in the SDL, such as `PHONE`; blank ones are filled anyway. */
  readonly take?: readonly { readonly field: string; readonly from: string }[] | null
}

/** The write that entities with `@entity(mergeable: true)` have besides. */
export interface MergeService<Row> {
  /**
   * Makes several records one. The viewer needs the right to update the one that stays and to delete the others;
   * what points to them is moved whether the viewer may see it or not.
   *
   * @throws UserErrors when the input is refused; nothing is written then
   * @throws TrellisError `FORBIDDEN`
   */
  merge(input: MergeInput): Promise<Row>
}
