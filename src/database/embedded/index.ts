import { join } from './join.ts'
import { type EmbeddedServer, keepMembership } from './membership.ts'
import { findResidence } from './residence.ts'
import type { StartLog } from './start-log.ts'

export type { Origin } from './join.ts'
export type { EmbeddedServer } from './membership.ts'
export { DatabaseStartError } from './start-error.ts'
export type { StartLog } from './start-log.ts'

/** What {@link startEmbeddedServer} needs to know. */
export interface EmbeddedServerOptions {
  /** TRELLIS_DATA, as an absolute path. One machine at a time may use it. */
  readonly directory: string
  readonly log: StartLog
  /**
   * How long to wait for the server, in milliseconds; after a crash it may have much to replay.
   * @default 60_000
   */
  readonly patience?: number
}

/**
 * Gives a running PostgreSQL with a database for Trellis: found, adopted, started or made.
 *
 * @throws DatabaseStartError when there is none to be had; its message says what to do
 */
export async function startEmbeddedServer({
  directory,
  log,
  patience = 60_000,
}: EmbeddedServerOptions): Promise<EmbeddedServer> {
  const began = performance.now()
  const residence = await findResidence(directory, log)
  const joined = await join(residence, patience)
  const milliseconds = Math.round(performance.now() - began)
  log.info({ origin: joined.origin, home: residence.home, milliseconds }, 'the embedded database is ready')
  return keepMembership({ residence, joined, log, patience })
}
