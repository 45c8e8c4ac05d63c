import { readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { temporaryFolder } from '../../../../test/kit/process.ts'
import { run } from '../../../../test/packed-extension/run.ts'
import { runTrellis } from '../testing/run-trellis.ts'

const create = (name: string, directory: string) =>
  runTrellis(['create', 'extension', name, '--directory', directory])

test('what is written composes without a warning, its types are right, and its own test passes', async () => {
  await using temporary = await temporaryFolder()
  const folder = join(temporary.path, 'cart')
  expect(await create('shop-cart', folder)).toMatchObject({ status: 0, complained: '' })
  expect((await readdir(folder)).toSorted()).toMatchInlineSnapshot(`
    [
      ".gitignore",
      ".npmrc",
      "README.md",
      "index.d.ts",
      "index.js",
      "index.test.js",
      "package.json",
      "schema.graphql",
      "tsconfig.json",
      "vitest.config.js",
    ]
  `)
  expect(await run('npm', ['run', '--silent', 'check'], folder)).toContain('no errors, no warnings')
  await run('npm', ['run', '--silent', 'types'], folder)
  expect(await run('npm', ['test', '--silent'], folder)).toMatch(/Tests\s.*2 passed/)

  const file = join(folder, 'index.js')
  await writeFile(file, (await readFile(file, 'utf8')).replace('${name}!', '${name}?'))
  await expect(run('npm', ['test', '--silent'], folder)).rejects.toThrow('Dear, Harbor Foods?')
}, 120_000)

test.each([
  ['Visit', 2, 'is no name for an extension'],
  ['v', 2, 'is no name for an extension'],
  ['../visit', 2, 'is no name for an extension'],
  ['core', 2, 'is no name for an extension'],
  ['sales', 2, 'is no name for an extension'],
  ['loyalty', 1, 'is installed already'],
])('the name %s is refused, and nothing is written', async (name, status, message) => {
  await using temporary = await temporaryFolder()
  const ended = await create(name, join(temporary.path, 'new'))
  expect(ended).toEqual({ status, printed: '', complained: expect.stringContaining(message) })
  expect(await readdir(temporary.path)).toEqual([])
})

test('a folder that is there is left as it is', async () => {
  await using temporary = await temporaryFolder()
  await writeFile(join(temporary.path, 'mine.txt'), 'mine')
  const ended = await create('visit', temporary.path)
  expect(ended).toMatchObject({ status: 1, complained: expect.stringContaining('is there already') })
  expect(await readdir(temporary.path)).toEqual(['mine.txt'])
})

test('where the folder cannot be made at the end, nothing is left behind', async () => {
  await using temporary = await temporaryFolder()
  await symlink(join(temporary.path, 'nowhere'), join(temporary.path, 'new'))
  const ended = await create('visit', join(temporary.path, 'new'))
  expect(ended).toMatchObject({ status: 1, complained: expect.stringContaining('ENOTDIR') })
  expect(await readdir(temporary.path)).toEqual(['new'])
})
