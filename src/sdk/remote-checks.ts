import { existsSync, readFileSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import type { RemoteExtensionOptions } from './remote-extension-options.ts'
import type { RemoteLookup, RemoteOptions } from './remote-options.ts'
import type { SchemaFile } from './type-defs.ts'

/** What is sent by the connection or by us, whatever the client says. */
const reserved =
  /^(host|connection|content-length|content-type|transfer-encoding|accept|accept-encoding|expect|upgrade|te|trailer|keep-alive|proxy-.*|webhook-.*|x-trellis-.*|x-request-id|traceparent)$/

/** Something of the options that cannot be. */
export interface RemoteProblem {
  /** Where it is said: names of options, of what is in them, and places in lists. */
  readonly path: readonly string[]
  /** The value and what is wanted. */
  readonly message: string
}

/** The options with every default in its place; what is wrong among them is told, and has some value. */
export interface CheckedRemote {
  readonly remote: RemoteOptions
  readonly problems: readonly RemoteProblem[]
}

type Tell = (path: readonly string[], message: string) => void

/**
 * The options with every default in its place and the SDL read, and everything that is wrong with them.
 *
 * @param file the file that relative paths start from, absolute
 */
export function checkRemote(options: RemoteExtensionOptions, file: string): CheckedRemote {
  const problems: RemoteProblem[] = []
  const tell: Tell = (path, message) => void problems.push({ path, message })
  const { breaker = {} } = options
  const whole = (name: string, value: number, [least, most]: readonly [number, number]): number => {
    if (Number.isInteger(value) && value >= least && value <= most) return value
    tell(name.split('.'), `${name} is ${shown(value)}; a whole number from ${least} to ${most} is wanted.`)
    return least
  }
  const remote: RemoteOptions = {
    url: checkedUrl(options.url, tell),
    schema: checkedSchema(options.schema, file, tell),
    merge: checkedMerge(options.merge ?? {}, tell),
    headers: checkedHeaders(options.headers ?? [], tell),
    secrets: checkedSecrets(options.secret ?? [], tell),
    timeoutMs: whole('timeoutMs', options.timeoutMs ?? 2000, [1, 600_000]),
    retries: whole('retries', options.retries ?? 1, [0, 10]),
    breaker: {
      failures: whole('breaker.failures', breaker.failures ?? 5, [1, 1000]),
      failingMs: whole('breaker.failingMs', breaker.failingMs ?? 2000, [1, 600_000]),
      firstTrialMs: whole('breaker.firstTrialMs', breaker.firstTrialMs ?? 1000, [1, 600_000]),
      longestTrialMs: whole('breaker.longestTrialMs', breaker.longestTrialMs ?? 5000, [1, 600_000]),
    },
    maxResponseBytes: whole('maxResponseBytes', options.maxResponseBytes ?? 8 * 2 ** 20, [1024, 2 ** 30]),
    concurrency: whole('concurrency', options.concurrency ?? 50, [1, 10_000]),
    queue: whole('queue', options.queue ?? 100, [0, 100_000]),
    subscriptions: whole('subscriptions', options.subscriptions ?? 100, [0, 100_000]),
    heartbeatMs: whole('heartbeatMs', options.heartbeatMs ?? 30_000, [100, 3_600_000]),
    allowPrivate: options.allowPrivate ?? true,
  }
  return { remote, problems }
}

function checkedUrl(url: unknown, tell: Tell): string {
  const wanted =
    'an absolute address with http: or https:, such as "https://reviews.example.com/graphql", is wanted.'
  const parsed = typeof url === 'string' && URL.canParse(url) ? new URL(url) : undefined
  if (parsed === undefined || !/^https?:$/.test(parsed.protocol)) {
    tell(['url'], `url is ${shown(url)}; ${wanted}`)
    return ''
  }
  if (parsed.username !== '' || parsed.password !== '')
    tell(
      ['url'],
      `url for "${parsed.host}" has a user or a password in it; give a secret, which signs the requests.`,
    )
  parsed.hash = ''
  return parsed.href
}

const schemaPath = /^[^\n{}]+\.(graphql|graphqls|gql)$/

function checkedSchema(schema: string | SchemaFile, file: string, tell: Tell): SchemaFile {
  if (typeof schema === 'object') return schema
  const text = schema.trim()
  if (schemaPath.test(text)) {
    const path = resolve(dirname(file), text)
    if (existsSync(path)) return { file: path, text: readFileSync(path, 'utf8') }
    tell(['schema'], `schema is "${text}", and there is no file ${path}.`)
  } else if (!text.includes('{')) {
    tell(
      ['schema'],
      `schema is ${shown(schema)}; SDL, or a path that ends in .graphql, .graphqls or .gql is wanted.`,
    )
  }
  return { file, text }
}

const graphqlName = /^[_A-Za-z][_0-9A-Za-z]*$/
const lookupShape = /^([_A-Za-z][_0-9A-Za-z]*)\(\s*([_A-Za-z][_0-9A-Za-z]*)\s*:\s*\)$/

function checkedMerge(
  merge: NonNullable<RemoteExtensionOptions['merge']>,
  tell: Tell,
): RemoteOptions['merge'] {
  const lookups = Object.entries(merge).map(([type, { key, lookup }]): [string, RemoteLookup] => {
    if (!graphqlName.test(type))
      tell(['merge', type], `merge has ${shown(type)}, which is no name of a type.`)
    if (!graphqlName.test(key))
      tell(
        ['merge', type, 'key'],
        `merge.${type}.key is ${shown(key)}; the name of one field is wanted, such as "id".`,
      )
    const [, field = '', argument = ''] = lookupShape.exec(lookup) ?? []
    if (field === '')
      tell(
        ['merge', type, 'lookup'],
        `merge.${type}.lookup is ${shown(lookup)}; a root field and its argument are wanted, such as "reviewCustomers(ids:)".`,
      )
    return [type, { key, field, argument }]
  })
  return Object.fromEntries(lookups)
}

function checkedHeaders(headers: readonly string[], tell: Tell): readonly string[] {
  const names = headers.map(name => name.toLowerCase())
  for (const [index, name] of names.entries()) {
    const path = ['headers', String(index)]
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(name))
      tell(path, `headers has ${shown(name)}, which is no name of a header.`)
    if (reserved.test(name)) tell(path, `headers has ${shown(name)}, which the gateway sets itself.`)
  }
  return [...new Set(names)]
}

/** Standard Webhooks wants from 24 to 64 bytes. The message shows no part of a secret. */
function checkedSecrets(secret: string | readonly string[], tell: Tell): readonly string[] {
  const secrets = typeof secret === 'string' ? [secret] : secret
  for (const [index, one] of secrets.entries()) {
    const base64 = /^whsec_([A-Za-z0-9+/]+={0,2})$/.exec(one)?.[1]
    const { length } = Buffer.from(base64 ?? '', 'base64')
    if (length < 24 || length > 64)
      tell(
        ['secret', String(index)],
        'secret is not as Standard Webhooks writes one; "whsec_" and the base64 of 24 to 64 random bytes are wanted.',
      )
  }
  return secrets
}

const shown = (value: unknown): string => (typeof value === 'string' ? JSON.stringify(value) : String(value))
