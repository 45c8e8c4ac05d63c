import { readFile, rm } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { type Address, LOOPBACK, socketFile } from './address.ts'
import { errorCode } from './error-code.ts'
import { fileError } from './file-error.ts'
import type { Residence } from './residence.ts'
import { isAlive } from './temporary-sibling.ts'

/** What a server says of itself in postmaster.pid. It may be long gone. */
export interface Postmaster {
  readonly pid: number
  /** Undefined while it is not listening yet. */
  readonly address: Address | undefined
}

const lockFile = (data: string): string => join(data, 'postmaster.pid')

/**
 * Reads postmaster.pid. Its lines are: process id, data directory, start time, port, first socket directory,
 * first listen address, shared memory key, status (src/include/utils/pidfile.h).
 */
export async function readPostmaster(data: string): Promise<Postmaster | undefined> {
  try {
    const [pid, , , port, socket, listen] = (await readFile(lockFile(data), 'utf8')).split('\n')
    const host = socket || (listen ? LOOPBACK : undefined)
    const address = host && port ? { host, port: Number(port) } : undefined
    return pid ? { pid: Math.abs(Number(pid)), address } : undefined
  } catch (error) {
    if (errorCode(error) === 'ENOENT') return undefined
    throw fileError(lockFile(data), error)
  }
}

/**
 * Whether process `pid` is the server of `data`. An id alone proves nothing: after a reboot, and all the
 * more in a container, it soon belongs to another process. A dead process that nobody has
 * collected yet has an empty command line, so it counts as gone.
 */
export async function isPostmasterOf(data: string, pid: number): Promise<boolean> {
  if (process.platform !== 'linux') return isAlive(pid)
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => '')
  const [program, ...options] = command.split('\0')
  return program !== undefined && basename(program) === 'postgres' && options.includes(data)
}

/**
 * Removes the lock files of a server that is gone when its process id belongs to somebody else now, by which
 * PostgreSQL would refuse to start for ever. It still checks the shared memory of `data` itself,
 * so that a mistake here could not bring two servers onto one cluster.
 */
export async function clearStaleLock({ home, data }: Residence): Promise<void> {
  const stale = await readPostmaster(data)
  if (stale && (await isPostmasterOf(data, stale.pid))) return
  const again = await readPostmaster(data)
  if (again?.pid === stale?.pid) {
    await rm(lockFile(data), { force: true })
    await rm(`${socketFile(home)}.lock`, { force: true })
  }
}
