import type { RemoteOptions } from '@trellis/sdk'
import { type Dispatcher, Pool } from 'undici'
import { isPrivateAddress, literalAddress, publicLookup } from './addresses.ts'
import type { Deadline } from './deadline.ts'
import type { Fail } from './fail.ts'
import { failureOf } from './failure-of.ts'

export type Answered = Pick<Dispatcher.ResponseData, 'statusCode' | 'headers' | 'body'>

export interface Connection {
  /** The path that is asked, with the query string. */
  readonly path: string
  /**
   * Sends a POST and answers once status and headers are there. Redirects are answers like others: nothing is followed.
   *
   * @throws RemoteFailure
   */
  post(headers: Readonly<Record<string, string>>, body: string, deadline: Deadline): Promise<Answered>
  close(): Promise<void>
}

export interface ConnectionOptions {
  readonly remote: Pick<RemoteOptions, 'url' | 'timeoutMs' | 'allowPrivate'>
  /** Sockets at once. */
  readonly connections: number
  readonly socketPath?: string | undefined
  readonly fail: Fail
}

/** The sockets to a remote. Deadlines and sizes are its callers' business, so undici's own are off. */
export function connect({ remote, connections, socketPath, fail }: ConnectionOptions): Connection {
  const url = new URL(remote.url)
  const literal = literalAddress(url)
  const forbidden = !remote.allowPrivate && literal !== undefined && isPrivateAddress(literal)
  const path = `${url.pathname}${url.search}`
  const pool = new Pool(url.origin, {
    connections,
    // One request a socket at a time: what breaks one breaks no other.
    pipelining: 1,
    allowH2: false,
    headersTimeout: 0,
    bodyTimeout: 0,
    connect: {
      timeout: remote.timeoutMs,
      ...(!remote.allowPrivate && { lookup: publicLookup }),
      ...(socketPath !== undefined && { socketPath }),
    },
  })
  return {
    path,
    post: async (headers, body, deadline) => {
      if (forbidden) throw fail('UNREACHABLE', 'is at a private address, which allowPrivate forbids.')
      try {
        const answered = await pool.request({ path, method: 'POST', headers, body, signal: deadline.signal })
        // It may break while nobody reads it; who reads it is told all the same.
        answered.body.on('error', () => {})
        return answered
      } catch (error) {
        throw failureOf(error, deadline, fail)
      }
    },
    close: () => pool.destroy(),
  }
}
