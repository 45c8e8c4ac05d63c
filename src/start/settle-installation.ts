import { existsSync } from 'node:fs'
import { lockCommands } from '../database/command-lock.ts'
import type { ConnectionParts } from '../database/connection.ts'
import { extensionSource, migrationStatus } from '../database/migrations/index.ts'
import { installedFolder, type Recovered, readState, recover } from '../installed/index.ts'

export interface SettleInstallationOptions {
  readonly connection: ConnectionParts
  readonly dataDirectory: string
}

/**
 * Finishes or undoes what a command was about to install when it ended, so that a start finds one version or the other.
 * `null` when there was nothing, or the command is still at work.
 */
export async function settleInstallation({
  connection,
  dataDirectory,
}: SettleInstallationOptions): Promise<Recovered | null> {
  const folder = installedFolder(dataDirectory)
  if (!(await readState(folder)).operation) return null
  await using lock = await lockCommands(connection)
  if (!lock) return null
  return recover({ folder, isMigrated: isMigratedOn(connection) })
}

/** Whether the tables of an extension are those of the code in a folder. */
export const isMigratedOn =
  (connection: ConnectionParts) =>
  async (name: string, home: string): Promise<boolean> => {
    const source = extensionSource(name, home)
    if (!existsSync(source.directory)) return true
    return (await migrationStatus({ connection, ...source })).pending.length === 0
  }
