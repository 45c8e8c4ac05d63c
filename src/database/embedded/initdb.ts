import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { text } from 'node:stream/consumers'
import type { Binaries } from './binaries.ts'
import type { Residence } from './residence.ts'
import { runAs } from './run-as.ts'
import { SETTINGS, SUPERUSER } from './settings.ts'
import { DatabaseStartError } from './start-error.ts'

interface InitdbOptions {
  readonly residence: Residence
  readonly binaries: Binaries
  /** The folder to make. */
  readonly data: string
  /** A file with the superuser's password. */
  readonly password: string
}

/** Initialises a cluster, synced to disk. */
export async function runInitdb({ residence, binaries, data, password }: InitdbOptions): Promise<void> {
  try {
    const child = spawn(binaries.initdb, initdbArguments(data, password), {
      ...runAs(residence),
      // It reports its progress to a pipe that ends with this process, and so soon ends, too, when this one is killed.
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    child.stdout.resume()
    const [[code, signal], complaint] = await Promise.all([once(child, 'close'), text(child.stderr)])
    if (code !== 0) throw new Error(`${complaint.trim().slice(-2000)} (exit ${code ?? signal})`)
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new DatabaseStartError(
      `PostgreSQL could not initialise a database in "${residence.home}": ${reason}\n` +
        'Set DATABASE_URL to the address of a PostgreSQL server if this machine cannot run the embedded one.',
      { cause },
    )
  }
}

function initdbArguments(data: string, password: string): string[] {
  return [
    `--pgdata=${data}`,
    `--username=${SUPERUSER}`,
    `--pwfile=${password}`,
    // A socket lies in a folder that only the server's account and root can enter. A port is open to all.
    '--auth-local=trust',
    '--auth-host=scram-sha-256',
    '--encoding=UTF8',
    // With `C`, trigrams of 北京 are empty. PostgreSQL's own C.UTF-8 rather than the C library's:
    // indexes outlive upgrades of the system, and sorting is a third faster.
    '--locale=C.UTF-8',
    '--locale-provider=builtin',
    '--no-instructions',
    ...Object.entries(SETTINGS).map(([name, value]) => `--set=${name}=${value}`),
  ]
}
