import { rm } from 'node:fs/promises'
import { versionFolder } from './places.ts'
import { type InstalledState, type Operation, readState, writeState } from './state.ts'

/** What became of an operation that was broken off. */
export interface Recovered {
  readonly operation: Operation
  readonly outcome: 'undone' | 'finished'
}

export interface RecoverOptions {
  readonly folder: string
  /** Whether the tables are those of the code in this folder: all its migrations were applied, or there are none. */
  readonly isMigrated: (name: string, home: string) => Promise<boolean>
}

/**
 * Finishes or undoes what a command was about to do when it ended. To be called by whoever has the lock of
 * commands, so that no command is still about to. `null` when there was nothing.
 */
export async function recover({ folder, isMigrated }: RecoverOptions): Promise<Recovered | null> {
  const state = await readState(folder)
  const { operation } = state
  if (!operation) return null
  const { name, home, step } = operation
  const isFinished =
    step === 'switched' || (step === 'migrating' && home !== null && (await isMigrated(name, home)))
  if (isFinished) await writeState(folder, finished(state, operation))
  else await undo(folder, state, operation)
  return { operation, outcome: isFinished ? 'finished' : 'undone' }
}

/** Takes back what was not switched to. */
async function undo(folder: string, state: InstalledState, operation: Operation): Promise<void> {
  const { kind, name, to } = operation
  // Only what it has brought itself: a version that is rolled back to was there before.
  if ((kind === 'install' || kind === 'upgrade') && to)
    await rm(versionFolder(folder, name, to.version), { recursive: true, force: true })
  await writeState(folder, { ...state, operation: null })
}

/** How many versions before the one that serves stay on the disk. */
const keptVersions = 3

/** What is installed once an operation is through. */
export function switched(state: InstalledState, operation: Operation): InstalledState['extensions'] {
  const { kind, name, from, to } = operation
  const { [name]: before, ...others } = state.extensions
  if (to === null) return others
  const kept = (before?.previous ?? []).filter(({ version }) => version !== to.version)
  return {
    ...others,
    [name]: {
      current: to,
      previous: (from ? [from, ...kept] : kept).slice(0, keptVersions),
      acceptsNewerTables: kind === 'rollback',
    },
  }
}

const finished = (state: InstalledState, operation: Operation): InstalledState => ({
  ...state,
  extensions: operation.step === 'switched' ? state.extensions : switched(state, operation),
  operation: null,
})
