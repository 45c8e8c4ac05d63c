import { mkdir } from 'node:fs/promises'
import { createTestDatabase } from '@trellis/testing'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../test/kit/process.ts'
import { lockCommands } from '../database/command-lock.ts'
import {
  type InstalledState,
  installedFolder,
  type Operation,
  readState,
  writeState,
} from '../installed/index.ts'
import { settleInstallation } from './settle-installation.ts'

const version = (text: string) => ({ version: text, package: '@acme/extension-shelf' })
const [old, next] = [version('1.0.0'), version('1.1.0')]

const upgrade = (step: Operation['step']): InstalledState => ({
  format: 1,
  extensions: { shelf: { current: old, previous: [], acceptsNewerTables: false } },
  operation: { kind: 'upgrade', name: 'shelf', from: old, to: next, home: '/nowhere', step },
})

/** A place where a command is at work, or another start settles what it has left. */
async function atWork(step: Operation['step']) {
  await using making = new AsyncDisposableStack()
  const data = making.use(await temporaryFolder()).path
  const { connection } = making.use(await createTestDatabase())
  const folder = installedFolder(data)
  await mkdir(folder)
  await writeState(folder, upgrade(step))
  const lock = await lockCommands(connection)
  const waits = Promise.withResolvers<'waits'>()
  const made = making.move()
  return {
    folder,
    settling: settleInstallation({
      connection,
      dataDirectory: data,
      log: { info: () => waits.resolve('waits'), warn: () => undefined },
    }),
    waits: waits.promise,
    release: () => lock?.[Symbol.asyncDispose](),
    [Symbol.asyncDispose]: () => made.disposeAsync(),
  }
}

test('a start waits for who finishes what was broken off, and finds what it has made of it', async () => {
  await using place = await atWork('migrating')
  const { folder, settling, waits, release } = place
  expect(await Promise.race([settling, waits])).toBe('waits')
  const extensions = { shelf: { current: next, previous: [old], acceptsNewerTables: false } }
  await writeState(folder, { format: 1, extensions, operation: null })
  expect(await settling).toBeNull()
  await release()
})

test('a start settles what a command was killed over while it waited for it', async () => {
  await using place = await atWork('staged')
  const { folder, settling, waits, release } = place
  expect(await Promise.race([settling, waits])).toBe('waits')
  await release()
  expect(await settling).toMatchObject({ outcome: 'undone' })
  expect((await readState(folder)).operation).toBeNull()
})

test('a start does not wait for a command that has switched, which waits for it', async () => {
  await using place = await atWork('switched')
  const { settling, waits, release } = place
  expect(await Promise.race([settling, waits])).toBeNull()
  await release()
})
