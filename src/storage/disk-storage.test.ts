import { mkdtemp, readdir, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { createDiskStorage } from './disk-storage.ts'

async function scratch() {
  const directory = await mkdtemp(join(tmpdir(), 'trellis-storage-'))
  const disk = createDiskStorage({ directory: join(directory, 'files') })
  return {
    disk,
    directory,
    storage: disk.area('core'),
    staged: () => readdir(join(directory, 'files', '.incoming')),
    [Symbol.asyncDispose]: () => rm(directory, { recursive: true, force: true }),
  }
}

async function* bytesOf(...texts: readonly string[]) {
  for (const text of texts) yield Buffer.from(text)
}

async function textOf(bytes: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = []
  for await (const chunk of bytes) chunks.push(chunk)
  return Buffer.concat(chunks).toString()
}

test('what was staged is there once it is kept, and not before', async () => {
  await using at = await scratch()
  await using staged = await at.storage.stage('one', bytesOf('Hello, ', 'world'))
  expect(await at.storage.stat('one')).toBeNull()
  await staged.keep()
  expect(await at.storage.stat('one')).toEqual({ size: 12 })
  expect(await textOf(at.storage.get('one'))).toBe('Hello, world')
  expect(await at.staged()).toEqual([])
})

test('a part of it is read without the rest', async () => {
  await using at = await scratch()
  await (await at.storage.stage('one', bytesOf('x'.repeat(70_000), 'Hello, world'))).keep()
  expect(await textOf(at.storage.get('one', { first: 70_000, last: 70_004 }))).toBe('Hello')
  expect((await textOf(at.storage.get('one', { first: 1, last: 70_011 }))).length).toBe(70_011)
})

test('what is not kept leaves nothing', async () => {
  await using at = await scratch()
  {
    await using _ = await at.storage.stage('one', bytesOf('Hello'))
    expect(await at.staged()).toHaveLength(1)
  }
  expect(await at.staged()).toEqual([])
  expect(await at.storage.stat('one')).toBeNull()
})

test('what breaks off leaves nothing and says why', async () => {
  await using at = await scratch()
  async function* broken() {
    yield Buffer.from('Hello')
    throw new Error('the line is dead')
  }
  await expect(at.storage.stage('one', broken())).rejects.toThrow('the line is dead')
  expect(await at.staged()).toEqual([])
})

test('a disk that cannot be written says so', async () => {
  await using at = await scratch()
  await writeFile(join(at.directory, 'files'), 'in the way')
  await expect(at.storage.stage('one', bytesOf('Hello'))).rejects.toThrow(/ENOTDIR|EEXIST/)
})

test('what is kept twice, as by a transaction that is done again, is there', async () => {
  await using at = await scratch()
  await using staged = await at.storage.stage('one', bytesOf('Hello'))
  await staged.keep()
  await staged.keep()
  expect(await at.storage.stat('one')).toEqual({ size: 5 })
})

test('keeping takes the place of what was kept before; deleting is done once or twice', async () => {
  await using at = await scratch()
  for (const text of ['first', 'second']) await (await at.storage.stage('one', bytesOf(text))).keep()
  expect(await textOf(at.storage.get('one'))).toBe('second')
  await at.storage.delete('one')
  await at.storage.delete('one')
  expect(await at.storage.stat('one')).toBeNull()
  await expect(textOf(at.storage.get('one'))).rejects.toThrow('ENOENT')
})

test('areas do not see each other', async () => {
  await using at = await scratch()
  await (await at.storage.stage('one', bytesOf('mine'))).keep()
  expect(await at.disk.area('ext_loyalty').stat('one')).toBeNull()
})

test.each([
  '',
  '..',
  '../one',
  'a/b',
  'a\\b',
  '/etc/passwd',
  'One',
  'a.b',
  'a\0b',
  '-a',
  'é',
  'x'.repeat(201),
])('%j is no key', async key => {
  await using at = await scratch()
  await expect(at.storage.stage(key, bytesOf('x'))).rejects.toThrow('is no key')
  await expect(at.storage.stat(key)).rejects.toThrow('is no key')
  expect(() => at.storage.get(key)).toThrow('is no key')
  expect(() => at.disk.area(key)).toThrow('is no key')
})

test('what a crash left is removed after its time, and what is on its way stays', async () => {
  await using at = await scratch()
  expect(await at.disk.removeStaged(new Date())).toBe(0)
  await using staged = await at.storage.stage('one', bytesOf('Hello'))
  const old = join(at.directory, 'files', '.incoming', 'left')
  await writeFile(old, 'half of it')
  await utimes(old, new Date('2026-01-01'), new Date('2026-01-01'))
  expect(await at.disk.removeStaged(new Date('2026-01-02'))).toBe(1)
  await staged.keep()
  expect(await textOf(at.storage.get('one'))).toBe('Hello')
})
