import { readdir, readFile, stat, symlink } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../test/kit/process.ts'
import { readOrMakeEncryptionKey, readOrMakeKeys } from './local-keys.ts'

const users = [{ role: 'ADMINISTRATOR', email: 'admin@example.com' }] as const

test('of starts at the same time all seal with the key that is kept', async () => {
  await using folder = await temporaryFolder()
  const made = await Promise.all(Array.from({ length: 8 }, () => readOrMakeEncryptionKey(folder.path)))
  const file = join(folder.path, 'encryption.key')
  const kept = Buffer.from((await readFile(file, 'utf8')).trim(), 'base64url')
  expect(made.map(key => Buffer.from(key).equals(kept))).toEqual(made.map(() => true))
  expect(await readdir(folder.path)).toEqual(['encryption.key'])
  expect((await stat(file)).mode & 0o777).toBe(0o600)
})

test('of starts at the same time all have the API keys that are kept', async () => {
  await using folder = await temporaryFolder()
  const made = await Promise.all(Array.from({ length: 8 }, () => readOrMakeKeys(folder.path, users)))
  const kept: unknown = JSON.parse(await readFile(join(folder.path, 'keys.json'), 'utf8'))
  expect(made).toEqual(made.map(() => kept))
})

test.for([
  { file: 'encryption.key', read: readOrMakeEncryptionKey },
  { file: 'keys.json', read: (directory: string) => readOrMakeKeys(directory, users) },
])('a $file that is there and cannot be read is not replaced by a new one', async ({ file, read }) => {
  await using folder = await temporaryFolder()
  const path = join(folder.path, file)
  // It leads to itself, which nobody may read, not even root.
  await symlink(path, path)
  await expect(read(folder.path)).rejects.toThrow('ELOOP')
  await expect(readFile(path)).rejects.toThrow('ELOOP')
})
