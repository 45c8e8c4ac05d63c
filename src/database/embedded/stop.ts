import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { setTimeout as sleep } from 'node:timers/promises'
import { isPostmasterOf, readPostmaster } from './postmaster.ts'
import { prepareBinaries } from './prepare-binaries.ts'
import type { Residence } from './residence.ts'
import { runAs } from './run-as.ts'

/** How long a server may take to write what it holds in memory, in milliseconds. */
const PATIENCE = 60_000

/**
 * Stops the server and waits until it is gone. Not with `pg_ctl stop`, which waits for postmaster.pid to
 * disappear and so for the next server, too, if that is quick.
 *
 * @returns false when it was not seen to end
 */
export async function stopServer(residence: Residence): Promise<boolean> {
  const { data } = residence
  const postmaster = await readPostmaster(data)
  if (!postmaster || !(await isPostmasterOf(data, postmaster.pid))) return false
  await requestFastShutdown(residence, postmaster.pid)
  const deadline = performance.now() + PATIENCE
  while (performance.now() < deadline) {
    if (!(await isPostmasterOf(data, postmaster.pid))) return true
    await sleep(5)
  }
  return false
}

/** SIGINT asks for it: connections are closed, everything is written (PostgreSQL manual, "Shutting Down the Server"). */
async function requestFastShutdown(residence: Residence, pid: number): Promise<void> {
  if (process.platform !== 'win32') {
    process.kill(pid, 'SIGINT')
    return
  }
  // Windows has no such signal; pg_ctl sends it through a pipe.
  const { pgControl } = await prepareBinaries(residence)
  await once(
    spawn(pgControl, ['kill', 'INT', String(pid)], { ...runAs(residence), stdio: 'ignore' }),
    'close',
  )
}
