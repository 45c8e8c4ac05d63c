/** A way in which a service is not what it is pinned to. */
export interface SchemaChange {
  readonly type: string
  readonly description: string
}

/** Whether a service elsewhere still is what it is pinned to. */
export interface Drift {
  /** `UNKNOWN`: it was not asked yet, or does not tell. */
  readonly status: 'SAME' | 'CHANGED' | 'UNKNOWN'
  /** When it last told; `null` when it never has. */
  readonly checkedAt: Date | null
  /** Why it is not known, or not known anew. */
  readonly reason: string | null
  /** What operations that fit the pinned schema may fail of. */
  readonly breaking: readonly SchemaChange[]
  /** What else is not as it is pinned. */
  readonly other: readonly SchemaChange[]
}
