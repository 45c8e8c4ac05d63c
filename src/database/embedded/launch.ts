import { spawn } from 'node:child_process'
import { type Address, listenOptions } from './address.ts'
import type { Binaries } from './binaries.ts'
import type { Residence } from './residence.ts'
import { runAs } from './run-as.ts'
import { openServerLog, serverLogTail } from './server-log.ts'

/** A server process of ours. */
export interface Launch {
  readonly pid: number | undefined
  /** What it wrote, once it has ended; undefined as long as it runs. */
  lastWords(): Promise<string> | undefined
}

/**
 * Launches a server, in a session of its own, with the log as its only tie to us: so it outlives whatever
 * happens to this process or its terminal, and the next start adopts it.
 */
export async function launch(residence: Residence, binaries: Binaries, address: Address): Promise<Launch> {
  const { handle, position } = await openServerLog(residence)
  await using _ = handle
  const child = spawn(binaries.postgres, ['-D', residence.data, ...listenOptions(address)], {
    ...runAs(residence),
    detached: true,
    stdio: ['ignore', handle.fd, handle.fd],
  })
  child.unref()
  let lastWords: Promise<string> | undefined
  child.once('error', error => {
    lastWords = Promise.resolve(error.message)
  })
  child.once('exit', () => {
    lastWords ??= serverLogTail(residence, position)
  })
  return { pid: child.pid, lastWords: () => lastWords }
}
