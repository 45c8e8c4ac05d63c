import { hash as digest } from 'node:crypto'
import { isIPv4, isIPv6 } from 'node:net'
import type { Viewer } from '@trellis/sdk'
import type { ConfiguredKey } from '../config/index.ts'
import type { Connection } from './exchange.ts'
import type { RequestHead } from './generation.ts'
import type { Authenticate } from './plugins/use-identity.ts'

export interface AuthenticatorOptions {
  readonly keys: readonly ConfiguredKey[]
  /** The user with this email; `null` when there is none, or they may not sign in. */
  readonly users: (email: string) => Promise<Viewer | null>
  /** In embedded development, who asks without a key; otherwise `null`. */
  readonly development: { readonly viewer: () => Promise<Viewer> } | null
}

const bearer = /^Bearer +([\x21-\x7e]+) *$/i

/** Loopback in all of its notations, `::ffff:127.0.0.1` of dual-stack sockets included. */
function isLoopback(address: string | null): boolean {
  if (address === null) return false
  const plain = address.replace(/^::ffff:/i, '')
  return isIPv4(plain) ? plain.startsWith('127.') : isIPv6(plain) && plain === '::1'
}

const localHost = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i

/**
 * The request comes from this machine and was meant for it. The socket alone does not say so: a page
 * whose own name was rebound to 127.0.0.1 sends from a browser here too, but under its own name.
 */
const isLocal = (request: RequestHead, { remoteAddress }: Connection) =>
  isLoopback(remoteAddress) && localHost.test(request.headers.get('host') ?? '')

const hash = (key: string) => digest('sha256', key, 'base64')

/**
 * Identifies callers by `Authorization: Bearer <key>`. Keys are looked up by their SHA-256: how long a
 * comparison of hashes takes says nothing about the key, since no one can aim at a hash.
 */
export function createAuthenticator({ keys, users, development }: AuthenticatorOptions): Authenticate {
  const known = new Map(keys.map(entry => [hash(entry.key), entry]))
  return async (request, connection) => {
    const header = request.headers.get('authorization')
    // Only a request that claims nothing is the development viewer; a wrong claim is never mended.
    if (header === null)
      return development !== null && isLocal(request, connection) ? development.viewer() : null
    const key = bearer.exec(header)?.[1]
    const entry = key === undefined ? undefined : known.get(hash(key))
    if (entry === undefined) return null
    const viewer = await users(entry.email)
    // The configuration says how far a key reaches, whatever became of the user's own role.
    return viewer && { ...viewer, role: entry.role }
  }
}
