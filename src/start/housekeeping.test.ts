import { mkdir, readdir, utimes, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTestGateway } from '@trellis/testing'
import { expect, test } from 'vitest'
import { createDiskStorage } from '../storage/disk-storage.ts'
import { keepHouse } from './housekeeping.ts'

test('what a crashed gateway left of uploads is removed after a day, and the others stay', async () => {
  await using gateway = await createTestGateway()
  const directory = gateway.filesDirectory
  const incoming = join(directory, '.incoming')
  await mkdir(incoming)
  for (const [name, hours] of [
    ['old', 25],
    ['young', 23],
  ] as const) {
    await writeFile(join(incoming, name), 'half of it')
    const at = new Date(Date.now() - hours * 60 * 60 * 1000)
    await utimes(join(incoming, name), at, at)
  }
  const warnings: string[] = []
  const warn = (_: object, message: string) => void warnings.push(message)
  const log = { debug: warn, info: warn, warn, error: warn }
  const { database } = gateway.trellis
  await keepHouse({ database, disk: createDiskStorage({ directory }), log }).stop()
  expect([await readdir(incoming), warnings]).toEqual([['young'], []])

  // A file where the folder should be: said, and no reason to end.
  const disk = createDiskStorage({ directory: join(incoming, 'young') })
  await keepHouse({ database, disk, log }).stop()
  expect(warnings).toEqual(['what was left of broken uploads was not removed'])
})
