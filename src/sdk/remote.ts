import { callerFile } from './caller.ts'
import type { Extension, ExtensionOptions } from './extension.ts'
import { checkedRemote } from './remote-checks.ts'
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

/** What the operator or the author says of a remote; what is left out has its default of `RemoteOptions`. */
export interface RemoteExtensionOptions
  extends Pick<ExtensionOptions, 'compatibility' | 'dependsOn' | 'startup'>,
    Partial<
      Pick<
        RemoteOptions,
        | 'timeoutMs'
        | 'retries'
        | 'maxResponseBytes'
        | 'concurrency'
        | 'queue'
        | 'subscriptions'
        | 'heartbeatMs'
        | 'allowPrivate'
      >
    > {
  /** Unique, `^[a-z][a-z0-9-]{1,40}$`; `core` is taken. */
  readonly name: string
  /** Semver. */
  readonly version: string
  /** Where it answers GraphQL over HTTP, such as `https://reviews.example.com/graphql`. */
  readonly url: string
  /** The remote's whole schema: SDL, or a path of it, relative to the calling file, that ends in `.graphql` or `.graphqls`. */
  readonly schema: string | SchemaFile
  /**
   * The types of others that it adds fields to: the field that is their key, and the root field that looks records up by
   * it, with the argument that takes the keys, such as `{ Customer: { key: 'id', lookup: 'reviewCustomers(ids:)' } }`.
   * @default none
   */
  readonly merge?: Readonly<Record<string, { readonly key: string; readonly lookup: string }>>
  /** Names of the client's headers to pass on. Only those named are, `cookie` and `authorization` included. @default none */
  readonly headers?: readonly string[]
  /** Signs the requests, as Standard Webhooks writes them: `whsec_` and base64 of 24 to 64 bytes. @default not signed */
  readonly secret?: string | readonly string[]
  readonly breaker?: Partial<RemoteBreaker>
}

/**
 * Declares an extension that is a GraphQL service elsewhere, in any language. Its `typeDefs` are the service's own SDL,
 * in which a type of the core is written as the service knows it.
 *
 * @throws Error that lists everything wrong with the options
 */
export function remoteExtension(options: RemoteExtensionOptions): Extension {
  const { name, version, compatibility, dependsOn, startup } = options
  const file = callerFile(remoteExtension)
  const remote = checkedRemote(options, file)
  return {
    name,
    version,
    ...(compatibility && { compatibility }),
    ...(dependsOn && { dependsOn }),
    ...(startup && { startup }),
    typeDefs: remote.schema,
    remote,
    file,
  }
}
