/** Who may ask with which key, as configured; keys administered through the API come later. */
export interface ConfiguredKey {
  readonly role: 'ADMINISTRATOR' | 'AGENT'
  readonly email: string
  readonly key: string
}

/** All that can be set from outside. Frozen: what is read at start holds for the life of the process. */
export interface Config {
  /** `HOST`: the address to listen on. @default '127.0.0.1' */
  readonly host: string
  /** `PORT`: 0 takes any free one. @default 4000 */
  readonly port: number
  readonly database: {
    /** `DATABASE_URL`: a PostgreSQL server; without it the embedded one. @default null */
    readonly url: string | null
    /** `TRELLIS_DATA`: the embedded server's folder, absolute. @default '.trellis' */
    readonly dataDirectory: string
    /** `TRELLIS_POOL_SIZE`: connections at most. @default 10 */
    readonly poolSize: number
  }
  /** `NODE_ENV`; `test` counts as development. @default 'development' */
  readonly mode: 'development' | 'production'
  /** `LOG_LEVEL`: fatal, error, warn, info, debug, trace or silent. @default 'info' */
  readonly logLevel: LogLevel
  /**
   * `TRELLIS_API_KEYS`: entries `administrator:<email>:<key>` or `agent:<email>:<key>`, separated by
   * commas or white space; a key has at least 32 characters. @default none
   */
  readonly apiKeys: readonly ConfiguredKey[]
  /**
   * `TRELLIS_ENCRYPTION_KEYS`: what secrets of extensions are sealed with, 32 random bytes in base64url, separated by commas or
   * white space; the first seals, all open. @default none, and no secrets can be set
   */
  readonly encryptionKeys: readonly Uint8Array[]
  /**
   * `TRELLIS_CORS_ORIGINS`: exact origins such as `https://app.example.com`, separated by commas or
   * white space; in development localhost of any port besides. @default none
   */
  readonly corsOrigins: readonly string[]
  /** `TRELLIS_BODY_LIMIT`: bytes of a request's body at most. @default 1048576 */
  readonly bodyLimitBytes: number
  readonly files: {
    /** `TRELLIS_FILES`: the folder of stored files, absolute. @default 'files' in `TRELLIS_DATA` */
    readonly directory: string
  }
  readonly attachments: {
    /** `TRELLIS_ATTACHMENT_LIMIT`: bytes of a file at most. @default 104857600 */
    readonly limitBytes: number
    /**
     * `TRELLIS_ATTACHMENT_TYPES`: media types such as `image/png` and wildcards, with `!` in front those that are
     * refused; the first that fits decides. @default all but what a browser or a desktop would run
     */
    readonly types: readonly string[]
  }
  /**
   * `TRELLIS_PRIVATE_REMOTES`: whether services that are added while it runs may be at private, loopback or link-local
   * addresses, `true` or `false`. @default true in development, false in production
   */
  readonly privateRemotes: boolean
  /** `TRELLIS_METRICS_TOKEN`: what who reads `/metrics` has to send, 16 characters or more. @default null, nothing */
  readonly metricsToken: string | null
  /** Which extensions run elsewhere. */
  readonly isolation: {
    /** `TRELLIS_ISOLATED_EXTENSIONS`: names of those in processes of their own, besides those that ask for it. @default none */
    readonly isolated: readonly string[]
    /**
     * `TRELLIS_SERVED_EXTENSIONS`: entries such as `loyalty=http://10.0.0.7:4100` of those that `trellis serve` serves,
     * separated by commas or white space. @default none
     */
    readonly served: ReadonlyMap<string, string>
    /** `TRELLIS_SERVE_SECRET`: what requests to these are signed with, `whsec_` and base64 of 24 to 64 bytes. @default null */
    readonly secret: string | null
  }
  /** `TRELLIS_EVENT_DAYS`: how long events are kept once everybody has heard them. @default 7 */
  readonly eventDays: number
  /** `TRELLIS_DRAIN_SECONDS`: how long requests in flight may take to finish on leaving. @default 10 */
  readonly drainSeconds: number
  /** `TRELLIS_WORKERS`: processes that serve. @default 1 */
  readonly workers: number
  /** False with `--no-sample-data` on the command line. @default true */
  readonly sampleData: boolean
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
export type LogLevel = (typeof logLevels)[number]
