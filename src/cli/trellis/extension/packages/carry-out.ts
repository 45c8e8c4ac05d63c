import { existsSync } from 'node:fs'
import { mkdir, rename } from 'node:fs/promises'
import { dirname } from 'node:path'
import { applyMigrations, extensionSource } from '../../../../database/migrations/index.ts'
import {
  type InstalledState,
  type Operation,
  recover,
  switched,
  versionFolder,
  writeState,
} from '../../../../installed/index.ts'
import { askToReload, type Reloading } from '../../../../primary/ask-reload.ts'
import { isMigratedOn } from '../../../../start/settle-installation.ts'
import { CommandError } from '../../command-error.ts'
import type { Workshop } from './open-workshop.ts'

export interface Carried {
  /** How many gateways of this machine serve it now. */
  readonly gateways: number
  /** Resolves when nobody is left who serves what was before. */
  readonly left: Promise<void>
}

export interface CarryOutOptions {
  readonly workshop: Pick<Workshop, 'folder' | 'state' | 'connection' | 'config'>
  readonly operation: Omit<Operation, 'step'>
  /** Where the package lies that is new; `null` where none is. */
  readonly staged: string | null
  /** Whether its migrations are applied. @default true */
  readonly migrates?: boolean
}

/**
 * Does a change step by step, each written down before it is begun, so that whoever comes after a crash knows what is half done.
 *
 * @throws CommandError when it cannot be done. What serves is as it was then; tables that were migrated before a gateway could not
 * reload stay so. Where nothing but the answer to a migration was lost, the next start has the change.
 */
export async function carryOut({
  workshop,
  operation,
  staged,
  migrates = true,
}: CarryOutOptions): Promise<Carried> {
  const { folder, state } = workshop
  const { name, to, home } = operation
  const note = async (step: Operation['step'], extensions = state.extensions): Promise<void> =>
    writeState(folder, { ...state, extensions, operation: { ...operation, step } })

  await note('staged')
  try {
    if (staged !== null && to) {
      const place = versionFolder(folder, name, to.version)
      await mkdir(dirname(place), { recursive: true })
      await rename(staged, place)
    }
    await note('migrating')
    if (migrates && home !== null) await migrate(workshop, name, home)
  } catch (cause) {
    // What was migrated all the same, such as where the answer was lost, is gone on with.
    const recovered = await recover({ folder, isMigrated: isMigratedOn(workshop.connection) })
    const said = cause instanceof Error ? cause.message : String(cause)
    if (recovered?.outcome !== 'undone')
      throw new CommandError(`Its tables are migrated, so the next start has it, but: ${said}`, { cause })
    throw new CommandError(`Nothing was changed. ${said}`, { cause })
  }
  await note('switched', switched(state, { ...operation, step: 'switched' }))
  const reloading = await reload(workshop, operation)
  await writeState(folder, {
    ...state,
    extensions: switched(state, { ...operation, step: 'switched' }),
    operation: null,
  })
  return {
    gateways: reloading.length,
    left: Promise.allSettled(reloading.map(({ left }) => left)).then(() => undefined),
  }
}

async function migrate(
  { connection }: Pick<Workshop, 'connection'>,
  name: string,
  home: string,
): Promise<void> {
  const source = extensionSource(name, home)
  if (!existsSync(source.directory)) return
  await applyMigrations({ connection, ...source, log: { info: () => undefined }, allOrNone: true })
}

/** Where a gateway cannot start with it, all are to be as they were; what was migrated stays, and is newer than the code then. */
async function reload(
  { folder, state, config }: CarryOutOptions['workshop'],
  { name }: CarryOutOptions['operation'],
): Promise<readonly Reloading[]> {
  const ask = (): Promise<readonly Reloading[]> => askToReload(config.database.dataDirectory)
  try {
    const reloading = await ask()
    await Promise.all(reloading.map(({ served }) => served))
    return reloading
  } catch (cause) {
    await writeState(folder, { ...state, extensions: withNewerTables(state, name), operation: null })
    const again = await ask().catch(() => [])
    await Promise.allSettled(again.map(({ served }) => served))
    const said = cause instanceof Error ? cause.message : String(cause)
    throw new CommandError(`A gateway could not reload with it, and serves what it served: ${said}`, {
      cause,
    })
  }
}

function withNewerTables({ extensions }: InstalledState, name: string): InstalledState['extensions'] {
  const { [name]: before, ...others } = extensions
  return before ? { ...others, [name]: { ...before, acceptsNewerTables: true } } : others
}
