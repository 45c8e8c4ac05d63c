import { resolve } from 'node:path'
import { z } from 'zod'
import { logLevels } from './config.ts'
import {
  apiKeys,
  corsOrigins,
  databaseUrl,
  encryptionKeys,
  extensionNames,
  mediaTypes,
  servedExtensions,
  serveSecret,
  wholeNumber,
} from './values.ts'

/** Their values are never shown, not even in the message that refuses them. */
export const secrets: ReadonlySet<string> = new Set([
  'DATABASE_URL',
  'TRELLIS_API_KEYS',
  'TRELLIS_ENCRYPTION_KEYS',
  'TRELLIS_METRICS_TOKEN',
  'TRELLIS_SERVE_SECRET',
])

/** The variables, each with what it may be. */
export const environment = z.object({
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
