import { join, resolve } from 'node:path'
import { z } from 'zod'

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

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
type LogLevel = (typeof logLevels)[number]

/** Their values are never shown, not even in the message that refuses them. */
const secrets: ReadonlySet<string> = new Set([
  'DATABASE_URL',
  'TRELLIS_API_KEYS',
  'TRELLIS_ENCRYPTION_KEYS',
  'TRELLIS_METRICS_TOKEN',
  'TRELLIS_SERVE_SECRET',
])

const wholeNumber = (minimum: number, maximum: number, otherwise: number) => {
  const allowed = `a whole number from ${minimum} to ${maximum} is allowed`
  return z
    .string()
    .regex(/^\d{1,15}$/, allowed)
    .transform(Number)
    .refine(value => value >= minimum && value <= maximum, allowed)
    .default(otherwise)
}

const entriesOf = (text: string) => text.split(/[\s,]+/).filter(entry => entry !== '')

const apiKeys = z
  .string()
  .default('')
  .transform((text, problems) =>
    entriesOf(text).flatMap((entry, index): ConfiguredKey[] => {
      const [, role, email, key] = /^(administrator|agent):([^:\s]+@[^:\s]+):(\S{32,})$/.exec(entry) ?? []
      if (email !== undefined && key !== undefined) {
        return [{ role: role === 'administrator' ? 'ADMINISTRATOR' : 'AGENT', email, key }]
      }
      problems.addIssue({
        code: 'custom',
        message: `entry ${index + 1} is not of the form administrator:<email>:<key> or agent:<email>:<key> with a key of 32 characters or more`,
      })
      return []
    }),
  )
  .refine(
    keys => new Set(keys.map(({ key }) => key)).size === keys.length,
    'two entries have the same key; each needs its own',
  )

const encryptionKeys = z
  .string()
  .default('')
  .transform(text => entriesOf(text).map(entry => new Uint8Array(Buffer.from(entry, 'base64url'))))
  .refine(
    keys => keys.every(({ length }) => length === 32),
    '32 bytes in base64url are allowed, as `node -p "crypto.randomBytes(32).toString(\'base64url\')"` prints them',
  )

const extensionNames = z
  .string()
  .default('')
  .transform(entriesOf)
  .refine(
    names => names.every(name => /^[a-z][a-z0-9-]{1,40}$/.test(name)),
    'a list of names of extensions such as loyalty is allowed',
  )

const servedExtensions = z
  .string()
  .default('')
  .transform((text, problems) =>
    entriesOf(text).flatMap((entry, index): readonly (readonly [string, string])[] => {
      const [, name, url] = /^([a-z][a-z0-9-]{1,40})=(https?:\/\/[^@\s]+)$/.exec(entry) ?? []
      if (name !== undefined && url !== undefined && URL.canParse(url)) return [[name, url]]
      problems.addIssue({
        code: 'custom',
        message: `entry ${index + 1} is not of the form <name>=<address>, such as loyalty=http://10.0.0.7:4100`,
      })
      return []
    }),
  )
  .transform(entries => new Map(entries))

const serveSecret = z
  .string()
  .refine(text => {
    const { length } = Buffer.from(/^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(text)?.[1] ?? '', 'base64')
    return length >= 24 && length <= 64
  }, "`whsec_` and the base64 of 24 to 64 random bytes are allowed, as `node -p \"'whsec_' + crypto.randomBytes(32).toString('base64')\"` prints them")
  .nullable()
  .default(null)

/** Exact, as browsers send it: a path, a trailing slash or a star would never match and only look safe. */
const isOrigin = (text: string) =>
  /^https?:\/\/[^*]+$/.test(text) && URL.canParse(text) && new URL(text).origin === text

const corsOrigins = z
  .string()
  .default('')
  .transform(entriesOf)
  .refine(
    origins => origins.every(isOrigin),
    'a list of exact origins such as https://app.example.com is allowed, without path or star',
  )

/** What a browser or a desktop runs when it opens it: pages, scripts, programs. */
const runnableTypes = [
  'text/html',
  'application/xhtml+xml',
  'image/svg+xml',
  'text/xml',
  'application/xml',
  'text/xsl',
  'application/xslt+xml',
  'multipart/*',
  'text/javascript',
  'text/ecmascript',
  'text/vbscript',
  'application/javascript',
  'application/x-javascript',
  'application/ecmascript',
  'application/wasm',
  'application/hta',
  'application/java-archive',
  'application/x-java-archive',
  'application/x-java-jnlp-file',
  'application/x-shockwave-flash',
  'application/x-msdownload',
  'application/x-msdos-program',
  'application/x-dosexec',
  'application/x-executable',
  'application/x-ms-installer',
  'application/x-ms-shortcut',
  'application/x-msi',
  'application/vnd.microsoft.portable-executable',
  'application/x-sh',
  'application/x-csh',
  'application/x-bat',
]

const mediaTypes = z
  .string()
  .default(() => [...runnableTypes.map(type => `!${type}`), '*/*'].join(' '))
  .transform(text => entriesOf(text).map(entry => entry.toLowerCase()))
  .refine(
    entries => entries.every(entry => /^!?(\*\/\*|[a-z0-9][\w.+-]*\/(\*|[a-z0-9][\w.+-]*))$/.test(entry)),
    'a list of media types such as image/png, image/* or */* is allowed, with ! in front those that are refused',
  )

const databaseUrl = z
  .string()
  .refine(
    text => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text),
    'an address such as postgresql://user:password@host:5432/database is allowed',
  )
  .nullable()
  .default(null)

const environment = z.object({
  HOST: z
    .string()
    .regex(/^[\w.:%-]+$/, 'a host name or an address such as 127.0.0.1 is allowed')
    .default('127.0.0.1'),
  PORT: wholeNumber(0, 65_535, 4000),
  DATABASE_URL: databaseUrl,
  TRELLIS_DATA: z
    .string()
    .default('.trellis')
    .transform(path => resolve(path)),
  TRELLIS_FILES: z
    .string()
    .transform(path => resolve(path))
    .nullable()
    .default(null),
  TRELLIS_ATTACHMENT_LIMIT: wholeNumber(1, 2_147_483_647, 104_857_600),
  TRELLIS_ATTACHMENT_TYPES: mediaTypes,
  TRELLIS_POOL_SIZE: wholeNumber(1, 1000, 10),
  NODE_ENV: z
    .enum(['development', 'production', 'test'], 'development, production or test is allowed')
    .default('development'),
  LOG_LEVEL: z.enum(logLevels, `${logLevels.join(', ')} are allowed`).default('info'),
  TRELLIS_API_KEYS: apiKeys,
  TRELLIS_ENCRYPTION_KEYS: encryptionKeys,
  TRELLIS_CORS_ORIGINS: corsOrigins,
  TRELLIS_BODY_LIMIT: wholeNumber(1024, 104_857_600, 1_048_576),
  TRELLIS_PRIVATE_REMOTES: z.enum(['true', 'false'], 'true or false is allowed').nullable().default(null),
  TRELLIS_METRICS_TOKEN: z
    .string()
    .regex(/^[\x21-\x7e]{16,}$/, '16 characters or more without blanks are allowed')
    .nullable()
    .default(null),
  TRELLIS_ISOLATED_EXTENSIONS: extensionNames,
  TRELLIS_SERVED_EXTENSIONS: servedExtensions,
  TRELLIS_SERVE_SECRET: serveSecret,
  TRELLIS_EVENT_DAYS: wholeNumber(1, 3650, 7),
  TRELLIS_DRAIN_SECONDS: wholeNumber(0, 3600, 10),
  TRELLIS_WORKERS: wholeNumber(1, 64, 1),
})

const argumentProblems = (argv: readonly string[]) =>
  argv
    .filter(argument => argument !== '--no-sample-data')
    .map(argument => `The argument ${JSON.stringify(argument)} is not known; --no-sample-data is.`)

/** `PORT=` means the same as no `PORT`: shells and compose files have no better way to say nothing. */
const withoutEmpty = (env: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value.trim() !== ''))

/**
 * Reads the environment and the command line; the only place that does.
 *
 * @throws Error that lists all problems at once: the variable, its value unless it is a secret, and what is allowed
 */
export function loadConfig(
  env: NodeJS.ProcessEnv = process.env,
  argv: readonly string[] = process.argv.slice(2),
): Config {
  const given = withoutEmpty(env)
  const read = environment.safeParse(given)
  const problems = [
    ...(read.error?.issues ?? []).map(({ path: [variable], message }) => {
      const name = String(variable)
      return `${name} is ${secrets.has(name) ? 'set, but not shown here' : JSON.stringify(given[name])}: ${message}.`
    }),
    ...argumentProblems(argv),
  ]
  if (!read.success || problems.length > 0) {
    throw new Error(
      `Trellis cannot start with this configuration:\n${problems.map(line => `- ${line}`).join('\n')}`,
    )
  }
  const { data } = read
  const isProduction = data.NODE_ENV === 'production'
  return Object.freeze({
    host: data.HOST,
    port: data.PORT,
    database: Object.freeze({
      url: data.DATABASE_URL,
      dataDirectory: data.TRELLIS_DATA,
      poolSize: data.TRELLIS_POOL_SIZE,
    }),
    mode: isProduction ? 'production' : 'development',
    logLevel: data.LOG_LEVEL,
    apiKeys: Object.freeze(data.TRELLIS_API_KEYS),
    encryptionKeys: Object.freeze(data.TRELLIS_ENCRYPTION_KEYS),
    corsOrigins: Object.freeze(data.TRELLIS_CORS_ORIGINS),
    bodyLimitBytes: data.TRELLIS_BODY_LIMIT,
    files: Object.freeze({ directory: data.TRELLIS_FILES ?? join(data.TRELLIS_DATA, 'files') }),
    attachments: Object.freeze({
      limitBytes: data.TRELLIS_ATTACHMENT_LIMIT,
      types: Object.freeze(data.TRELLIS_ATTACHMENT_TYPES),
    }),
    privateRemotes:
      data.TRELLIS_PRIVATE_REMOTES === null ? !isProduction : data.TRELLIS_PRIVATE_REMOTES === 'true',
    metricsToken: data.TRELLIS_METRICS_TOKEN,
    isolation: Object.freeze({
      isolated: Object.freeze(data.TRELLIS_ISOLATED_EXTENSIONS),
      served: data.TRELLIS_SERVED_EXTENSIONS,
      secret: data.TRELLIS_SERVE_SECRET,
    }),
    eventDays: data.TRELLIS_EVENT_DAYS,
    drainSeconds: data.TRELLIS_DRAIN_SECONDS,
    workers: data.TRELLIS_WORKERS,
    sampleData: !argv.includes('--no-sample-data'),
  })
}
