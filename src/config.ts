import { resolve } from 'node:path'
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
   * `TRELLIS_CORS_ORIGINS`: exact origins such as `https://app.example.com`, separated by commas or
   * white space; in development localhost of any port besides. @default none
   */
  readonly corsOrigins: readonly string[]
  /** `TRELLIS_BODY_LIMIT`: bytes of a request's body at most. @default 1048576 */
  readonly bodyLimitBytes: number
  /** `TRELLIS_DRAIN_SECONDS`: how long requests in flight may take to finish on leaving. @default 10 */
  readonly drainSeconds: number
  /** False with `--no-sample-data` on the command line. @default true */
  readonly sampleData: boolean
}

const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const
type LogLevel = (typeof logLevels)[number]

/** Their values are never shown, not even in the message that refuses them. */
const secrets: ReadonlySet<string> = new Set(['DATABASE_URL', 'TRELLIS_API_KEYS'])

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
  TRELLIS_POOL_SIZE: wholeNumber(1, 1000, 10),
  NODE_ENV: z
    .enum(['development', 'production', 'test'], 'development, production or test is allowed')
    .default('development'),
  LOG_LEVEL: z.enum(logLevels, `${logLevels.join(', ')} are allowed`).default('info'),
  TRELLIS_API_KEYS: apiKeys,
  TRELLIS_CORS_ORIGINS: corsOrigins,
  TRELLIS_BODY_LIMIT: wholeNumber(1024, 104_857_600, 1_048_576),
  TRELLIS_DRAIN_SECONDS: wholeNumber(0, 3600, 10),
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
  return Object.freeze({
    host: data.HOST,
    port: data.PORT,
    database: Object.freeze({
      url: data.DATABASE_URL,
      dataDirectory: data.TRELLIS_DATA,
      poolSize: data.TRELLIS_POOL_SIZE,
    }),
    mode: data.NODE_ENV === 'production' ? 'production' : 'development',
    logLevel: data.LOG_LEVEL,
    apiKeys: Object.freeze(data.TRELLIS_API_KEYS),
    corsOrigins: Object.freeze(data.TRELLIS_CORS_ORIGINS),
    bodyLimitBytes: data.TRELLIS_BODY_LIMIT,
    drainSeconds: data.TRELLIS_DRAIN_SECONDS,
    sampleData: !argv.includes('--no-sample-data'),
  })
}
