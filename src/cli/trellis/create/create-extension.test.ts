import { mkdir, readdir, readFile, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { buildSchema } from 'graphql'
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

test('a remote extension is a service that answers lookups, and a declaration of it', async () => {
  await using temporary = await temporaryFolder()
  const folder = join(temporary.path, 'visit')
  const words = ['create', 'extension', 'visit', '--remote', '--directory', folder]
  expect(await runTrellis(words)).toMatchObject({ status: 0, complained: '' })
  expect((await readdir(folder, { recursive: true })).toSorted()).toMatchInlineSnapshot(`
    [
      ".gitignore",
      ".npmrc",
      "README.md",
      "index.d.ts",
      "index.js",
      "package.json",
      "service",
      "service/main.js",
      "service/package.json",
      "service/schema.graphql",
      "service/service.js",
      "service/service.test.js",
    ]
  `)
  const service = join(folder, 'service')
  // As its own `npm install` would have it.
  await mkdir(join(service, 'node_modules'))
  await symlink(
    join(process.cwd(), 'node_modules', 'graphql'),
    join(service, 'node_modules', 'graphql'),
    'junction',
  )
  expect(await run('npm', ['test', '--silent'], service)).toMatch(/pass 2\n.*fail 0/)
  const sdl = buildSchema(await readFile(join(service, 'schema.graphql'), 'utf8'))
  expect(sdl.getQueryType()?.getFields()).toHaveProperty('visitCustomers')
  expect(await readFile(join(folder, 'index.js'), 'utf8')).toContain("lookup: 'visitCustomers(ids:)'")
  expect((await runTrellis(['check', folder])).printed).toContain('no errors, no warnings')
}, 60_000)

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
