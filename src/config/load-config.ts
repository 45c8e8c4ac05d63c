import { join } from 'node:path'
import type { Config } from './config.ts'
import { environment, secrets } from './environment.ts'

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
