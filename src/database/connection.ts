import { userInfo } from 'node:os'
import type { ConnectionOptions } from 'node:tls'
import { ConnectionStringError } from './connection-string-error.ts'
import { parseConnectionTls } from './connection-tls.ts'

/** Where a database is, in parts. Fits pg's client and pool, and everything built on them. */
export interface ConnectionParts {
  /** A name, an address, or the folder of a Unix socket, which begins with `/`. */
  readonly host: string
  readonly port: number
  readonly user: string
  readonly password?: string
  readonly database: string
  /** Absent where DATABASE_URL says nothing of it. */
  readonly ssl?: boolean | ConnectionOptions
  /** Settings for the session, as in `-c search_path=…`. */
  readonly options?: string
  readonly application_name?: string
  readonly connectionTimeoutMillis?: number
  readonly enableChannelBinding?: boolean
}

export { ConnectionStringError } from './connection-string-error.ts'

/** The parameters that are understood. One that is not is refused, since to ignore it could mean another database. */
const PARAMETERS: ReadonlySet<string> = new Set([
  'host',
  'port',
  'user',
  'password',
  'dbname',
  'ssl',
  'sslmode',
  'sslrootcert',
  'sslcert',
  'sslkey',
  'channel_binding',
  'application_name',
  'connect_timeout',
  'options',
])

/**
 * Parses an address such as `postgres://user:password@host:5432/database?sslmode=verify-full`, with the meaning that
 * libpq gives it (PostgreSQL manual, "Connection URIs"); the host may be a socket's folder, `?host=/run/postgresql`.
 * The database has to be named: to guess one is to risk the wrong one.
 *
 * @throws ConnectionStringError which never shows the address, since that holds the password
 */
export function parseConnectionString(text: string): ConnectionParts {
  const { authority, path, parameters } = split(text)
  const host = parameters.get('host') ?? decode(authority.hostname.replace(/^\[(.*)\]$/, '$1'), 'host')
  if (host.includes(',')) throw new ConnectionStringError(`names several hosts ("${host}"): name one`)
  const password = parameters.get('password') ?? decode(authority.password, 'password')
  const database = parameters.get('dbname') ?? path
  if (!database) throw new ConnectionStringError('names no database: add one, as in "…:5432/trellis"')
  return {
    host: host || 'localhost',
    port: parsePort(parameters.get('port') ?? authority.port),
    user: parameters.get('user') ?? (decode(authority.username, 'user') || userInfo().username),
    ...(password === '' ? {} : { password }),
    database,
    ...parseConnectionTls(parameters),
    ...parseSession(parameters),
  }
}

interface Split {
  readonly authority: URL
  readonly path: string
  readonly parameters: ReadonlyMap<string, string>
}

function split(text: string): Split {
  // A URL cannot have a user without a host, as in `postgres://user@/database?host=/run/postgresql`.
  const authority = URL.parse(text.trim().replace(/^(\w+:\/\/[^/?#@]*@)(?=[:/?#]|$)/, '$1localhost'))
  // A password written as it is may end the part before the `@` too early, and the rest must not be shown.
  const isWhole = authority && !/[@#]/.test(authority.pathname + authority.search + authority.hash)
  if (!isWhole || !/^postgres(ql)?:$/.test(authority.protocol)) {
    throw new ConnectionStringError(
      'is not of the form "postgres://user:password@host:5432/database". ' +
        'Write special characters in the user and the password percent-encoded: "@" as %40, "/" as %2F, "#" as %23, "?" as %3F',
    )
  }
  const parameters = new Map<string, string>()
  for (const pair of authority.search.slice(1).split('&').filter(Boolean)) {
    const [name = '', ...value] = pair.split('=')
    if (!PARAMETERS.has(name)) {
      throw new ConnectionStringError(
        `has a parameter "${name}" that Trellis does not know: remove it. Known are ${[...PARAMETERS].join(', ')}`,
      )
    }
    // Not URLSearchParams: it makes a `+` a space, which libpq does not.
    parameters.set(name, decode(value.join('='), name))
  }
  return { authority, path: decode(authority.pathname.slice(1), 'database'), parameters }
}

function decode(text: string, part: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    throw new ConnectionStringError(
      `has a "%" in its ${part} that is not followed by a character's code: write it as %25`,
    )
  }
}

function parsePort(text: string): number {
  const port = text === '' ? 5432 : Number(text)
  if (Number.isInteger(port) && port > 0 && port < 65_536) return port
  throw new ConnectionStringError(`has the port "${text}": a port is a number from 1 to 65535`)
}

function parseSession(
  parameters: ReadonlyMap<string, string>,
): Pick<ConnectionParts, 'options' | 'application_name' | 'connectionTimeoutMillis'> {
  const options = parameters.get('options')
  const application = parameters.get('application_name')
  const seconds = parameters.get('connect_timeout')
  if (seconds !== undefined && !/^\d+$/.test(seconds)) {
    throw new ConnectionStringError(`has connect_timeout=${seconds}: it is a whole number of seconds`)
  }
  return {
    ...(options === undefined ? {} : { options }),
    ...(application === undefined ? {} : { application_name: application }),
    ...(seconds === undefined ? {} : { connectionTimeoutMillis: Number(seconds) * 1000 }),
  }
}
