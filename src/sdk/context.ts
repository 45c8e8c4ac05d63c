import type { Kysely, RawBuilder } from 'kysely'
import type { Emitter } from './emitter.ts'
import type { JobQueue } from './job-queue.ts'
import type { Rights } from './rights.ts'
import type { Store } from './store.ts'
import type { TimelineService } from './timeline.ts'

/** Who asks: a user of the CRM, as identified by the gateway. */
export interface Viewer {
  /** The user's TypeID, such as `usr_01h2xcejqtf2nbrexx3vqjhp41`. */
  readonly id: string
  readonly name: string
  readonly role: 'ADMINISTRATOR' | 'AGENT'
  readonly teamId: string | null
}

/** A structured log, pino's shape; the gateway's carries the request id. */
export interface Log {
  debug(facts: object, message: string): void
  info(facts: object, message: string): void
  warn(facts: object, message: string): void
  error(facts: object, message: string): void
}

/** Batched reads by name; every module and extension widens it with its own. */
// biome-ignore lint: an open registry, widened by declaration merging
export interface Loaders {}

/** Rules and writes by name; every module and extension widens it with its own. */
export interface Services {
  readonly timeline: TimelineService
}

/** The stored fields of each core entity by type name; what `requires` of an extension's field may ask for. */
// biome-ignore lint: an open registry, widened by declaration merging
export interface Records {}

/** What the operator has set, by module; each widens it with what it asks for. Never secrets: extensions see it. */
// biome-ignore lint: an open registry, widened by declaration merging
export interface Settings {}

/** One request. A new one for each operation: nothing on it outlives or leaves the request. */
export interface Context {
  /** The id that the log, the response header and masked errors carry. */
  readonly requestId: string
  readonly viewer: Viewer
  readonly rights: Rights
  readonly loaders: Loaders
  readonly services: Services
  readonly settings: Settings
  readonly log: Log
  /**
   * Aborted when the client hangs up or the gateway gives the request up; within an extension's call, at its
   * deadline, too.
   */
  readonly signal: AbortSignal
  /** Whether the operation has `@dryRun`; what has effects outside the database refuses then. */
  readonly dryRun: boolean
  /** The present, which tests may set. */
  readonly now: () => Date
}

/** What loaders and services are made with: the context and the database behind it. */
export interface DataContext extends Context {
  /**
   * Typed SQL on the request's connection: inside a mutation, its transaction, of which Kysely's
   * `transaction()` is a part then, a savepoint: one at a time. An extension's goes to the PostgreSQL schema of its
   * own, `ext_<name>`.
   */
  readonly database: <Tables>() => Kysely<Tables>
  /**
   * The records of a core entity that the viewer may read, deleted ones included, for SQL of one's own in the place
   * of a table: `from ${readable('Customer')} as customer`. It has the columns that the viewer may read;
   * name those that the SQL cannot do without.
   *
   * @throws TrellisError `FORBIDDEN` when the viewer may not read one of them
   */
  readonly readable: (entity: keyof Records, needed?: readonly string[]) => RawBuilder<unknown>
  /** Tells others what happened. For extensions. */
  readonly events: Emitter
  /** Values of its own, for an extension that needs no table. */
  readonly store: Store<keyof Records>
  /** Asks for the extension's jobs to be run. For extensions. */
  readonly jobs: JobQueue
}
