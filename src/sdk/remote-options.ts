import type { SchemaFile } from './type-defs.ts'

/** How records of a type that the remote does not own are fetched from it. */
export interface RemoteLookup {
  /** The field of the type that identifies a record, such as `id`. */
  readonly key: string
  /** The remote's root field that answers one nullable record per key, in their order, such as `reviewCustomers`. */
  readonly field: string
  /** Its argument that takes the list of keys, such as `ids`. */
  readonly argument: string
}

/** When a remote is left alone, and when it is tried again. */
export interface RemoteBreaker {
  /** Opens after so many failures without a success between. @default 5 */
  readonly failures: number
  /** Opens when failures, two at least, have gone on for so many milliseconds. @default 2000 */
  readonly failingMs: number
  /** The first trial call is let through after so many milliseconds; the wait doubles with each that fails. @default 1000 */
  readonly firstTrialMs: number
  /** The longest wait for a trial call, in milliseconds. @default 5000 */
  readonly longestTrialMs: number
}

/** Where a remote extension is and how it is called: validated, with every default in its place. */
export interface RemoteOptions {
  /** Absolute, http or https, without credentials. */
  readonly url: string
  /** The remote's whole schema as SDL, as it was when the extension was written. */
  readonly schema: SchemaFile
  /** By type name: the types of others that the remote adds fields to. */
  readonly merge: Readonly<Record<string, RemoteLookup>>
  /** Headers of the client's request that are passed on, in small letters. Empty: none. */
  readonly headers: readonly string[]
  /** Each signs the requests; several while one replaces another. Empty: requests are not signed. */
  readonly secrets: readonly string[]
  /** For a whole call, retries and the body included, in milliseconds. @default 2000 */
  readonly timeoutMs: number
  /** How often a query is sent again; a mutation never is. @default 1 */
  readonly retries: number
  readonly breaker: RemoteBreaker
  /** @default 8388608 (8 MiB) */
  readonly maxResponseBytes: number
  /** Calls under way at once. @default 50 */
  readonly concurrency: number
  /** Calls that may wait for their turn; further ones are refused. @default 100 */
  readonly queue: number
  /** Subscriptions open at once. @default 100 */
  readonly subscriptions: number
  /** A subscription ends when nothing, not even a heartbeat, came for so many milliseconds. @default 30000 */
  readonly heartbeatMs: number
  /** Whether the remote may be at a private, loopback or link-local address. @default true */
  readonly allowPrivate: boolean
}
