import type { Context, Records } from './context.ts'

/** A parent as a batch field sees it: the fields that it requires, and nothing else. */
export type Parent<Entity extends keyof Records, Required extends keyof Records[Entity]> = Readonly<
  Pick<Records[Entity], Required>
>

export interface FieldOptions<
  Entity extends keyof Records,
  Required extends keyof Records[Entity],
  Arguments,
  Value,
> {
  /** Stored fields of the parent that `batch` needs; the viewer's rights to them are checked. */
  readonly requires: readonly Required[]
  /**
   * All parents of one level of the query at once. Answers one value per parent, in their order; an
   * `Error` in place of a value costs that parent's field only.
   */
  readonly batch: (
    parents: readonly Parent<Entity, Required>[],
    args: Arguments,
    context: Context,
  ) => Promise<readonly (Value | Error | null)[]> | readonly (Value | Error | null)[]
}

/** A field on a type that the extension does not own. */
export interface BatchField<out Entity = unknown> {
  readonly kind: 'batch'
  /** The type it is on; known to the compiler only. */
  readonly entity?: Entity
  readonly requires: readonly string[]
  readonly batch: (
    parents: readonly never[],
    args: never,
    context: Context,
  ) => Promise<readonly unknown[]> | readonly unknown[]
}

/** Declares a field on a foreign type: batch-shaped, one call per level, so that N+1 cannot be written. */
export const field = <
  Entity extends keyof Records,
  const Required extends keyof Records[Entity] & string,
  Arguments = Readonly<Record<string, unknown>>,
  Value = unknown,
>(
  options: FieldOptions<Entity, Required, Arguments, Value>,
): BatchField<Entity> => ({ kind: 'batch', ...options })
