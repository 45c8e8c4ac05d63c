import { mkdir, readdir, realpath, rm } from 'node:fs/promises'
import { join } from 'node:path'
import type { Extension } from '@trellis/sdk'
import { extensions as builtIn } from '../../../../../extensions/index.ts'
import { type Config, loadConfig } from '../../../../config/index.ts'
import { lockCommands } from '../../../../database/command-lock.ts'
import { openConnection } from '../../../../database/connect.ts'
import type { ConnectionParts } from '../../../../database/connection.ts'
import { applyMigrations, coreSource } from '../../../../database/migrations/index.ts'
import {
  createPackageImporter,
  type InstalledState,
  installedFolder,
  type PackageImporter,
  type Recovered,
  readState,
  recover,
  stagingPrefix,
  versionFolder,
} from '../../../../installed/index.ts'
import { isMigratedOn } from '../../../../start/settle-installation.ts'
import { CommandError } from '../../command-error.ts'
import { installedOrRefused } from './installed-or-refused.ts'

const root = join(import.meta.dirname, '..', '..', '..', '..', '..')

/** What commands that change the installed extensions work with, alone on their database. */
export interface Workshop extends AsyncDisposable {
  readonly folder: string
  readonly config: Config
  readonly connection: ConnectionParts
  readonly importer: PackageImporter
  /** What is installed, as this command found it. */
  readonly state: InstalledState
  /** What an earlier command had left half done; `null` when nothing was. */
  readonly recovered: Recovered | null
  /** Those of the code and those that are installed, without one. */
  readonly others: (name: string) => Promise<readonly Extension[]>
  /** One that is installed, as it serves. */
  readonly imported: (name: string) => Promise<Extension>
}

/** @throws CommandError while another command is at work */
export async function openWorkshop(): Promise<Workshop> {
  // The words of the command are not the server's.
  const config = loadConfig(process.env, [])
  const given = installedFolder(config.database.dataDirectory)
  await mkdir(given, { recursive: true })
  // Node names modules by where they really are.
  const folder = await realpath(given)
  await using opening = new AsyncDisposableStack()
  const silent = { info: () => undefined, warn: () => undefined }
  const { connection } = opening.use(await openConnection({ ...config.database, log: silent }))
  const lock = await lockCommands(connection)
  if (!lock)
    throw new CommandError('Another command changes the extensions of this database: wait until it is done.')
  opening.use(lock)
  // As a start does: a database that nobody has started on has no tables to look at.
  await applyMigrations({ connection, ...coreSource(root), log: silent })
  const recovered = await recover({ folder, isMigrated: isMigratedOn(connection) })
  const state = await readState(folder)
  await sweep(folder, state)
  const importer = createPackageImporter(folder)
  const imported = async (name: string): Promise<Extension> => {
    const { version, package: packageName } = installedOrRefused(name, state).current
    const extension = await importer.importFrom(versionFolder(folder, name, version), packageName)
    return { ...extension, name, version }
  }
  const resources = opening.move()
  return {
    folder,
    config,
    connection,
    importer,
    state,
    recovered,
    imported,
    async others(name) {
      const names = Object.keys(state.extensions).filter(other => other !== name)
      // What cannot be imported takes no part in what the others compose to.
      const outcomes = await Promise.allSettled(names.map(imported))
      return [
        ...builtIn,
        ...outcomes.flatMap(outcome => (outcome.status === 'fulfilled' ? [outcome.value] : [])),
      ]
    },
    [Symbol.asyncDispose]: () => resources.disposeAsync(),
  }
}

/** Removes what nobody refers to any more: packages that were never switched to, and versions that were left behind. */
async function sweep(folder: string, { extensions }: InstalledState): Promise<void> {
  const remove = (path: string): Promise<void> => rm(path, { recursive: true, force: true })
  const entries = await readdir(folder, { withFileTypes: true })
  for (const { name } of entries.filter(entry => entry.isDirectory())) {
    const installed = extensions[name]
    if (!installed || join(folder, name).startsWith(stagingPrefix(folder))) await remove(join(folder, name))
    else {
      const kept = new Set([installed.current, ...installed.previous].map(({ version }) => version))
      for (const version of await readdir(join(folder, name)))
        if (!kept.has(version)) await remove(versionFolder(folder, name, version))
    }
  }
}
