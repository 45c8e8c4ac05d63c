import type { ExtensionOptions } from './extension.ts'
import type { RemoteBreaker, RemoteOptions } from './remote-options.ts'
import type { SchemaFile } from './type-defs.ts'

/** What the operator or the author says of a remote; what is left out has its default of `RemoteOptions`. */
export interface RemoteExtensionOptions
  extends Pick<ExtensionOptions, 'compatibility' | 'dependsOn' | 'scopes' | 'startup' | 'permissions'>,
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
