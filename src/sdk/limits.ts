/** How long, how often and how many at once: what a call of an extension is held to. All times in milliseconds. */
export interface Limits {
  /** A call for a field, a subscription or a type; it answers null afterwards. @default 500 */
  readonly deadlineMs?: number
  /** A mutation, a hook of a write, or one of `lifecycle`. @default 10000 */
  readonly writeDeadlineMs?: number
  /** Calls that have not answered yet, of the whole extension; those of one field for one request count as one. @default 50 */
  readonly concurrency?: number
  /** Calls that wait for one of these to answer; further ones are refused. @default 200 */
  readonly queue?: number
  /** Failures one after the other that make it unavailable. @default 5 */
  readonly failures?: number
  /** How long it is left alone then, until one call is let through to see. @default 5000 */
  readonly recoveryMs?: number
  /** A call that keeps the process busy longer, without a pause, is named in the log. @default 50 */
  readonly blockingMs?: number
  /** Megabytes of objects that a process of its own may have before it is ended; no matter without `isolation`. @default 256 */
  readonly memoryMb?: number
}
