import { setTimeout as sleep } from 'node:timers/promises'
import { candidateAddresses } from './address.ts'
import { ensureCluster } from './cluster.ts'
import { type Launch, launch } from './launch.ts'
import { clearStaleLock, readPostmaster } from './postmaster.ts'
import { prepareBinaries } from './prepare-binaries.ts'
import type { Residence } from './residence.ts'
import { DatabaseStartError } from './start-error.ts'

/** Launches a server where none runs, as often as that takes. */
export interface Launcher {
  /** Sees to it that a server of ours is coming up, and returns before it is. */
  advance(): Promise<void>
  /** How the server with that process id began, if it is ours. */
  originOf(pid: number): 'initialised' | 'started' | 'recovered' | undefined
}

/**
 * There is no lock of our own: PostgreSQL's decides which of several servers launched at once stays. The others
 * end by themselves, which `advance` reads from their last words.
 */
export function createLauncher(residence: Residence): Launcher {
  const addresses = candidateAddresses(residence)
  let origin: 'initialised' | 'started' | 'recovered' | undefined
  let current: Launch | undefined

  return {
    async advance() {
      const lastWords = current?.lastWords()
      if (current && !lastWords) return
      if (lastWords !== undefined) await learnFrom(await lastWords)
      const binaries = await prepareBinaries(residence)
      const isNew = await ensureCluster(residence, binaries)
      // A server that stopped in order removes its postmaster.pid.
      origin ??= isNew ? 'initialised' : (await readPostmaster(residence.data)) ? 'recovered' : 'started'
      const [address] = addresses
      if (!address) throw refusal('no address is free to listen on', await lastWords)
      current = await launch(residence, binaries, address).catch((cause: unknown) => {
        throw cause instanceof DatabaseStartError
          ? cause
          : refusal('the program cannot be run', String(cause), cause)
      })
    },
    originOf: pid => (pid === current?.pid ? origin : undefined),
  }

  async function learnFrom(lastWords: string): Promise<void> {
    if (/could not create any (TCP\/IP|Unix-domain) sockets/.test(lastWords)) addresses.shift()
    else if (/lock file "[^"]+" already exists/.test(lastWords)) await clearStaleLock(residence)
    // The children of a killed server need a moment to notice and let go of its shared memory.
    else if (/pre-existing shared memory block/.test(lastWords)) await sleep(100)
    else throw refusal('it did not start', lastWords)
  }

  function refusal(reason: string, lastWords = '', cause?: unknown): DatabaseStartError {
    return new DatabaseStartError(
      `The embedded PostgreSQL in "${residence.home}" cannot run: ${reason}.\n${lastWords}\n` +
        `See "${residence.logFile}", or set DATABASE_URL to the address of a PostgreSQL server.`,
      { cause },
    )
  }
}
