import { resolve } from 'node:path'
import { expect, test } from 'vitest'
import { loadConfig } from './load-config.ts'

const key = 'k'.repeat(32)

test('without a word it is a development gateway on this machine, over the embedded database', () => {
  const { attachments, ...config } = loadConfig({}, [])
  expect(attachments.limitBytes).toBe(104_857_600)
  expect(attachments.types).toEqual(expect.arrayContaining(['!text/html', '!image/svg+xml', '*/*']))
  expect(config).toEqual({
    host: '127.0.0.1',
    port: 4000,
    database: { url: null, dataDirectory: resolve('.trellis'), poolSize: 10 },
    mode: 'development',
    logLevel: 'info',
    apiKeys: [],
    encryptionKeys: [],
    corsOrigins: [],
    bodyLimitBytes: 1_048_576,
    files: { directory: resolve('.trellis', 'files') },
    metricsToken: null,
    privateRemotes: true,
    isolation: { isolated: [], served: new Map(), secret: null },
    eventDays: 7,
    drainSeconds: 10,
    workers: 1,
    sampleData: true,
  })
})

test('everything can be set', () => {
  const config = loadConfig(
    {
      HOST: '0.0.0.0',
      PORT: '0',
      DATABASE_URL: 'postgresql://trellis:secret@db/trellis',
      TRELLIS_DATA: '/var/lib/trellis',
      TRELLIS_POOL_SIZE: '5',
      NODE_ENV: 'production',
      LOG_LEVEL: 'warn',
      TRELLIS_API_KEYS: `administrator:ada@example.com:${key}1, agent:bea@example.com:${key}2`,
      TRELLIS_ENCRYPTION_KEYS: `${'A'.repeat(43)}, ${'__8'.padEnd(43, 'A')}`,
      TRELLIS_CORS_ORIGINS: 'https://app.example.com https://localhost:3000',
      TRELLIS_BODY_LIMIT: '2048',
      TRELLIS_FILES: '/mnt/files',
      TRELLIS_ATTACHMENT_LIMIT: '1000',
      TRELLIS_ATTACHMENT_TYPES: '!image/svg+xml, Image/* application/pdf',
      TRELLIS_METRICS_TOKEN: 'a-token-for-scrapers',
      TRELLIS_PRIVATE_REMOTES: 'true',
      TRELLIS_ISOLATED_EXTENSIONS: 'loyalty, visit',
      TRELLIS_SERVED_EXTENSIONS: 'wiki=http://10.0.0.7:4100',
      TRELLIS_SERVE_SECRET: `whsec_${'A'.repeat(43)}=`,
      TRELLIS_EVENT_DAYS: '30',
      TRELLIS_DRAIN_SECONDS: '0',
      TRELLIS_WORKERS: '3',
    },
    ['--no-sample-data'],
  )
  expect(config).toEqual({
    host: '0.0.0.0',
    port: 0,
    database: {
      url: 'postgresql://trellis:secret@db/trellis',
      dataDirectory: '/var/lib/trellis',
      poolSize: 5,
    },
    mode: 'production',
    logLevel: 'warn',
    apiKeys: [
      { role: 'ADMINISTRATOR', email: 'ada@example.com', key: `${key}1` },
      { role: 'AGENT', email: 'bea@example.com', key: `${key}2` },
    ],
    encryptionKeys: [new Uint8Array(32), new Uint8Array(32).fill(255, 0, 2)],
    corsOrigins: ['https://app.example.com', 'https://localhost:3000'],
    bodyLimitBytes: 2048,
    files: { directory: '/mnt/files' },
    attachments: { limitBytes: 1000, types: ['!image/svg+xml', 'image/*', 'application/pdf'] },
    metricsToken: 'a-token-for-scrapers',
    privateRemotes: true,
    isolation: {
      isolated: ['loyalty', 'visit'],
      served: new Map([['wiki', 'http://10.0.0.7:4100']]),
      secret: `whsec_${'A'.repeat(43)}=`,
    },
    eventDays: 30,
    drainSeconds: 0,
    workers: 3,
    sampleData: false,
  })
})

test('in production, services that are added are not at private addresses unless the operator says so', () => {
  expect(loadConfig({ NODE_ENV: 'production' }, []).privateRemotes).toBe(false)
  expect(loadConfig({ TRELLIS_PRIVATE_REMOTES: 'false' }, []).privateRemotes).toBe(false)
})

test('an empty variable is one that is not set', () => {
  expect(loadConfig({ PORT: '', DATABASE_URL: ' ' }, [])).toEqual(loadConfig({}, []))
})

test('it cannot be changed afterwards', () => {
  const config = loadConfig({}, [])
  expect(
    [config, config.database, config.apiKeys, config.corsOrigins].every(part => Object.isFrozen(part)),
  ).toBe(true)
})

test('all problems are told at once, with the variable, the value and what is allowed, and no secret', () => {
  const environment = {
    PORT: '70000',
    NODE_ENV: 'staging',
    DATABASE_URL: 'mysql://root:hunter2@db/trellis',
    TRELLIS_API_KEYS: `administrator:ada@example.com:${key} agent:bea@example.com:hunter2`,
    TRELLIS_CORS_ORIGINS: '*',
    TRELLIS_BODY_LIMIT: '1e6',
  }
  expect(() => loadConfig(environment, ['--no-sample-date'])).toThrowErrorMatchingInlineSnapshot(`
    [Error: Trellis cannot start with this configuration:
    - PORT is "70000": a whole number from 0 to 65535 is allowed.
    - DATABASE_URL is set, but not shown here: an address such as postgresql://user:password@host:5432/database is allowed.
    - NODE_ENV is "staging": development, production or test is allowed.
    - TRELLIS_API_KEYS is set, but not shown here: entry 2 is not of the form administrator:<email>:<key> or agent:<email>:<key> with a key of 32 characters or more.
    - TRELLIS_CORS_ORIGINS is "*": a list of exact origins such as https://app.example.com is allowed, without path or star.
    - TRELLIS_BODY_LIMIT is "1e6": a whole number from 1024 to 104857600 is allowed.
    - The argument "--no-sample-date" is not known; --no-sample-data is.]
  `)
})

test('two entries with the same key are refused', () => {
  const entries = `agent:ada@example.com:${key} agent:bea@example.com:${key}`
  expect(() => loadConfig({ TRELLIS_API_KEYS: entries }, [])).toThrow('two entries have the same key')
})

test.each([
  'https://app.example.com/',
  'https://app.example.com/path',
  'app.example.com',
  'null',
  'https://*.example.com',
])('%s is not an exact origin', origin => {
  expect(() => loadConfig({ TRELLIS_CORS_ORIGINS: origin }, [])).toThrow('exact origins')
})
