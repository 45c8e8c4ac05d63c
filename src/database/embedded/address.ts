import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Residence } from './residence.ts'

/** Where the server listens, in the terms of a PostgreSQL client: a socket's folder is a host that begins with `/`. */
export interface Address {
  readonly host: string
  readonly port: number
}

/** Every computer's own; a name could be resolved to something else. */
export const LOOPBACK = '127.0.0.1'

/** Names the socket file only, `.s.PGSQL.5432`: nothing listens on this port. */
const SOCKET_PORT = 5432

/** The longest path that fits `sun_path` beside its final zero: 108 bytes on Linux, 104 on macOS and the BSDs. */
const LONGEST_SOCKET_PATH = process.platform === 'linux' ? 107 : 103

/** How many ports to try before giving up. */
const PORTS = 20

export const isSocket = ({ host }: Address): boolean => host.startsWith('/')

export const socketFile = (home: string): string => join(home, `.s.PGSQL.${SOCKET_PORT}`)

/**
 * The addresses to try, in order: a socket in the server's home, unless its path is too long or the platform
 * has none; then loopback ports. Not a socket in some short folder under /tmp instead: that could be
 * cleaned away, hidden by a private /tmp or taken by another user, and Windows needs the port anyway,
 * so one fallback serves all. The ports follow from the path, so that a restarted server is found at its
 * old address by pools that outlived it; they lie below those that systems give to outgoing connections.
 */
export function candidateAddresses({ home, data }: Pick<Residence, 'home' | 'data'>): Address[] {
  const first = 20_000 + (createHash('sha256').update(data).digest().readUInt32BE() % 10_000)
  const ports = Array.from({ length: PORTS }, (_, index) => ({ host: LOOPBACK, port: first + index }))
  const hasSocket = process.platform !== 'win32' && Buffer.byteLength(socketFile(home)) <= LONGEST_SOCKET_PATH
  return hasSocket ? [{ host: home, port: SOCKET_PORT }, ...ports] : ports
}

/** The options by which `postgres` listens there and nowhere else. */
export function listenOptions(address: Address): string[] {
  const [socket, tcp] = isSocket(address) ? [address.host, ''] : ['', address.host]
  return [
    `--unix_socket_directories=${quoted(socket)}`,
    `--listen_addresses=${tcp}`,
    `--port=${address.port}`,
  ]
}

/** The setting is a list, in which a name with a comma or a space must be quoted. */
const quoted = (path: string): string => (path === '' ? '' : `"${path.replaceAll('"', '""')}"`)
