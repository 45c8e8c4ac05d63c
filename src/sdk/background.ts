import type { DataContext } from './context.ts'
import type { Storage } from './storage.ts'

/**
 * What code reaches that no operation runs: handlers of events, jobs, and routes. Loaders read; `store`,
 * `events`, `jobs` and `database()` each write in a transaction of their own here.
 */
export interface BackgroundContext extends DataContext {
  /** Bytes of the domain's own. */
  readonly storage: Storage
  /**
   * Does work in a transaction of its own, where services are to be had; what it throws takes all back. It is
   * done again where others write the same records at the same time. Keep out of it what takes its time, such as reading a body or asking another system: a transaction holds a connection.
   */
  readonly transaction: <Result>(work: (context: DataContext) => Promise<Result>) => Promise<Result>
}
