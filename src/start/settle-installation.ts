import { existsSync } from 'node:fs'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Log } from '@trellis/sdk'
import { lockCommands } from '../database/command-lock.ts'
import type { ConnectionParts } from '../database/connection.ts'
import { extensionSource, migrationStatus } from '../database/migrations/index.ts'
import { installedFolder, type Recovered, readState, recover } from '../installed/index.ts'

export interface SettleInstallationOptions {
  readonly connection: ConnectionParts
  readonly dataDirectory: string
  readonly log: Pick<Log, 'info' | 'warn'>
}

/** How often it is looked whether others are done, and how long at most. */
const pollMs = 200
const patienceMs = 60_000

/**
 * Finishes or undoes what a command was about to install when it ended, so that a start finds one version or the other.
 * Waits for a command that is at work, and for another start that does the same: what is read meanwhile may be what nobody
 * is to serve. `null` when there was nothing, or somebody else has seen to it.
 */
export async function settleInstallation({
  connection,
  dataDirectory,
  log,
}: SettleInstallationOptions): Promise<Recovered | null> {
  const folder = installedFolder(dataDirectory)
  const began = performance.now()
  for (let looked = 0; ; looked += 1) {
    const { operation } = await readState(folder)
    if (!operation) return null
    await using lock = await lockCommands(connection)
    if (lock) return await recover({ folder, isMigrated: isMigratedOn(connection) })
    // It has decided, and waits for those who start with it.
    if (operation.step === 'switched') return null
    if (performance.now() - began > patienceMs) {
      log.warn({ operation }, 'a command is still installing: what served before it is started')
      return null
    }
    if (looked === 0) log.info({ operation }, 'waits for a command that is installing')
    await sleep(pollMs)
  }
}

/** Whether the tables of an extension are those of the code in a folder. */
export const isMigratedOn =
  (connection: ConnectionParts) =>
  async (name: string, home: string): Promise<boolean> => {
    const source = extensionSource(name, home)
    if (!existsSync(source.directory)) return true
    return (await migrationStatus({ connection, ...source })).pending.length === 0
  }
