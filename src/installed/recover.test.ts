import { existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../test/kit/process.ts'
import {
  type InstalledState,
  type Operation,
  readState,
  recover,
  versionFolder,
  writeState,
} from './index.ts'

const version = (text: string) => ({ version: text, package: '@acme/extension-shelf' })
const [old, next] = [version('1.0.0'), version('1.1.0')]
const shelf = { current: old, previous: [], acceptsNewerTables: false }

const upgrade = (step: Operation['step']): InstalledState => ({
  format: 1,
  extensions: { shelf: step === 'switched' ? { ...shelf, current: next, previous: [old] } : shelf },
  operation: { kind: 'upgrade', name: 'shelf', from: old, to: next, home: '/somewhere', step },
})

/** What is there after an operation was broken off, with both versions on the disk, and then recovered. */
async function afterwards(state: InstalledState, isMigrated: boolean) {
  await using folder = await temporaryFolder()
  for (const text of ['1.0.0', '1.1.0'])
    await mkdir(versionFolder(folder.path, 'shelf', text), { recursive: true })
  await writeState(folder.path, state)
  const recovered = await recover({ folder: folder.path, isMigrated: async () => isMigrated })
  return {
    outcome: recovered?.outcome,
    ...(await readState(folder.path)),
    versions: ['1.0.0', '1.1.0'].filter(text => existsSync(versionFolder(folder.path, 'shelf', text))),
  }
}

const before = { extensions: { shelf }, operation: null }
const after = { extensions: { shelf: { current: next, previous: [old] } }, operation: null }

test.for([
  { step: 'staged', isMigrated: false, outcome: 'undone', state: before, versions: ['1.0.0'] },
  { step: 'staged', isMigrated: true, outcome: 'undone', state: before, versions: ['1.0.0'] },
  { step: 'migrating', isMigrated: false, outcome: 'undone', state: before, versions: ['1.0.0'] },
  { step: 'migrating', isMigrated: true, outcome: 'finished', state: after, versions: ['1.0.0', '1.1.0'] },
  { step: 'switched', isMigrated: true, outcome: 'finished', state: after, versions: ['1.0.0', '1.1.0'] },
] as const)(
  'an upgrade that was broken off when it was $step, migrated: $isMigrated, is $outcome',
  async ({ step, isMigrated, outcome, state, versions }) => {
    expect(await afterwards(upgrade(step), isMigrated)).toMatchObject({ outcome, ...state, versions })
  },
)

test.for([
  { step: 'staged', outcome: 'undone', extensions: { shelf: { current: next } } },
  { step: 'switched', outcome: 'finished', extensions: { shelf: { current: old } } },
] as const)(
  'a rollback that was broken off when it was $step is $outcome, and removes no version',
  async ({ step, outcome, extensions }) => {
    const rolledBack = { current: old, previous: [next], acceptsNewerTables: true }
    const upgraded = { current: next, previous: [old], acceptsNewerTables: false }
    const state: InstalledState = {
      format: 1,
      extensions: { shelf: step === 'switched' ? rolledBack : upgraded },
      operation: { kind: 'rollback', name: 'shelf', from: next, to: old, home: '/somewhere', step },
    }
    expect(await afterwards(state, true)).toMatchObject({
      outcome,
      extensions,
      operation: null,
      versions: ['1.0.0', '1.1.0'],
    })
  },
)

test('an uninstallation that was broken off before it was switched leaves what was installed', async () => {
  const operation = { kind: 'uninstall', name: 'shelf', from: old, to: null, home: null } as const
  const state: InstalledState = {
    format: 1,
    extensions: { shelf },
    operation: { ...operation, step: 'migrating' },
  }
  expect(await afterwards(state, true)).toMatchObject({ outcome: 'undone', ...before })
})

test('where nothing was broken off, nothing is done', async () => {
  const state: InstalledState = { format: 1, extensions: { shelf }, operation: null }
  expect(await afterwards(state, true)).toMatchObject({ outcome: undefined, ...before })
})
