import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { ConnectionParts } from '../connection.ts'
import { type Address, isSocket } from './address.ts'
import { ensureDatabase } from './ensure-database.ts'
import { errorCode } from './error-code.ts'
import { fileError } from './file-error.ts'
import { isPostmasterOf, readPostmaster } from './postmaster.ts'
import { type Presence, takePresence } from './presence.ts'
import type { Residence } from './residence.ts'
import { DATABASE, PASSWORD_FILE, SUPERUSER } from './settings.ts'
import { DatabaseStartError } from './start-error.ts'

/** What came of one attempt to enter. */
export type Entry =
  | {
      readonly state: 'entered'
      readonly presence: Presence
      readonly connection: ConnectionParts
      readonly pid: number
    }
  /** No server runs. */
  | { readonly state: 'absent' }
  /** There is one, which does not let us in now: it comes up, goes down, or hangs. */
  | { readonly state: 'busy'; readonly cause: unknown }

/** Enters the server of `residence`, if it runs. Gives up after `milliseconds`. */
export async function enter(residence: Residence, milliseconds: number): Promise<Entry> {
  const { data } = residence
  const postmaster = await readPostmaster(data)
  if (!postmaster) return { state: 'absent' }
  const { pid, address } = postmaster
  const isRunning = await isPostmasterOf(data, pid)
  // A socket is tried in any case: a server in another container that shares this folder answers there,
  // though its process cannot be seen from here, and a second one beside it would destroy the data.
  if (!address || !(isRunning || isSocket(address))) {
    return isRunning ? { state: 'busy', cause: undefined } : { state: 'absent' }
  }
  try {
    const connection = await connectionTo(address, data)
    const presence = await takePresence(
      { ...connection, user: SUPERUSER, database: 'postgres' },
      Math.max(milliseconds, 1),
      client => ensureDatabase(client, () => readPassword(data)),
    )
    return { state: 'entered', presence, connection, pid }
  } catch (cause) {
    if (cause instanceof DatabaseStartError) throw cause
    if (!isRunning && ['ENOENT', 'ECONNREFUSED'].includes(errorCode(cause) ?? '')) return { state: 'absent' }
    if (!isLasting(cause)) return { state: 'busy', cause }
    throw new DatabaseStartError(
      `The embedded PostgreSQL in "${residence.home}" runs (process ${pid}), and refuses Trellis: ${cause.message}. ` +
        'Undo what was changed in its roles or its pg_hba.conf, or set TRELLIS_DATA to another folder.',
      { cause },
    )
  }
}

/** Refused authorisation, a missing database or a faulty statement: waiting helps none of them. */
function isLasting(error: unknown): error is Error {
  return /^(28|3D|42)/.test(errorCode(error) ?? '')
}

async function connectionTo(address: Address, data: string): Promise<ConnectionParts> {
  const connection = { ...address, user: DATABASE, database: DATABASE, ssl: false }
  return isSocket(address) ? connection : { ...connection, password: await readPassword(data) }
}

async function readPassword(data: string): Promise<string> {
  const path = join(data, PASSWORD_FILE)
  try {
    return (await readFile(path, 'utf8')).trim()
  } catch (error) {
    throw fileError(path, error)
  }
}
