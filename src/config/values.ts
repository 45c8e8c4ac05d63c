import { z } from 'zod'
import type { ConfiguredKey } from './config.ts'

export const wholeNumber = (minimum: number, maximum: number, otherwise: number) => {
  const allowed = `a whole number from ${minimum} to ${maximum} is allowed`
  return z
    .string()
    .regex(/^\d{1,15}$/, allowed)
    .transform(Number)
    .refine(value => value >= minimum && value <= maximum, allowed)
    .default(otherwise)
}

const entriesOf = (text: string) => text.split(/[\s,]+/).filter(entry => entry !== '')

export const apiKeys = z
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

export const encryptionKeys = z
  .string()
  .default('')
  .transform(text => entriesOf(text).map(entry => new Uint8Array(Buffer.from(entry, 'base64url'))))
  .refine(
    keys => keys.every(({ length }) => length === 32),
    '32 bytes in base64url are allowed, as `node -p "crypto.randomBytes(32).toString(\'base64url\')"` prints them',
  )

export const extensionNames = z
  .string()
  .default('')
  .transform(entriesOf)
  .refine(
    names => names.every(name => /^[a-z][a-z0-9-]{1,40}$/.test(name)),
    'a list of names of extensions such as loyalty is allowed',
  )

export const servedExtensions = z
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

export const serveSecret = z
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

export const corsOrigins = z
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

export const mediaTypes = z
  .string()
  .default(() => [...runnableTypes.map(type => `!${type}`), '*/*'].join(' '))
  .transform(text => entriesOf(text).map(entry => entry.toLowerCase()))
  .refine(
    entries => entries.every(entry => /^!?(\*\/\*|[a-z0-9][\w.+-]*\/(\*|[a-z0-9][\w.+-]*))$/.test(entry)),
    'a list of media types such as image/png, image/* or */* is allowed, with ! in front those that are refused',
  )

export const databaseUrl = z
  .string()
  .refine(
    text => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text),
    'an address such as postgresql://user:password@host:5432/database is allowed',
  )
  .nullable()
  .default(null)
