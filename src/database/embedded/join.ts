import { setTimeout as sleep } from 'node:timers/promises'
import type { ConnectionParts } from '../connection.ts'
import { type Entry, enter } from './enter.ts'
import { createLauncher } from './launcher.ts'
import type { Presence } from './presence.ts'
import type { Residence } from './residence.ts'
import { serverLogTail } from './server-log.ts'
import { DatabaseStartError } from './start-error.ts'

/** How a process came by its server: made it, started it, started it after a crash, shares it, or took over one left alone. */
export type Origin = 'initialised' | 'started' | 'recovered' | 'found' | 'adopted'

/** A server that runs, with this process present at it. */
export interface Joined {
  readonly presence: Presence
  readonly connection: ConnectionParts
  readonly origin: Origin
}

/** How often to look whether the server lets us in, in milliseconds. */
const INTERVAL = 10

/**
 * Enters the server of `residence`, launching it where none runs. All the ways in which this may meet another
 * process that comes or goes at the same moment end in another round.
 *
 * @throws DatabaseStartError when that takes longer than `patience` milliseconds, or cannot succeed
 */
export async function join(residence: Residence, patience: number): Promise<Joined> {
  const deadline = performance.now() + patience
  const launcher = createLauncher(residence)
  let last: Entry = { state: 'absent' }
  while (performance.now() < deadline) {
    last = await enter(residence, deadline - performance.now())
    if (last.state === 'entered') {
      const { presence, connection, pid } = last
      const origin = launcher.originOf(pid) ?? (presence.others > 0 ? 'found' : 'adopted')
      return { presence, connection, origin }
    }
    if (last.state === 'absent') await launcher.advance()
    await sleep(INTERVAL)
  }
  throw new DatabaseStartError(
    `The embedded PostgreSQL in "${residence.home}" did not let Trellis in within ${patience} ms. Its log ends:\n` +
      `${await serverLogTail(residence)}\n` +
      `Look at the process named in "${residence.data}/postmaster.pid", end it if it hangs, or set DATABASE_URL.`,
    { cause: last.state === 'busy' ? last.cause : undefined },
  )
}
