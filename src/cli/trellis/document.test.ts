import { companyProfile } from '@trellis/extension-company-profile'
import { loyalty } from '@trellis/extension-loyalty'
import { createTestGateway } from '@trellis/testing'
import type { Command } from 'commander'
import { expect, test } from 'vitest'
import { readDocument } from '../../../test/documents/documents.ts'
import { temporaryFolder } from '../../../test/kit/process.ts'
import { labels } from '../../../test/lifecycle/fixtures/labels.ts'
import { run } from '../../../test/packed-extension/run.ts'
import { createProgram } from './program.ts'
import { runConsole } from './testing/run-console.ts'
import { runTrellis, runTrellisAlone } from './testing/run-trellis.ts'

const document = readDocument('docs/cli.md')

test('what docs/cli.md says that commands print is what they print', async () => {
  await using gateway = await createTestGateway({ extensions: [companyProfile, labels(), loyalty] })
  await using listening = await gateway.listen()
  await using folder = await temporaryFolder()
  const options = { ...listening, key: gateway.keys.administrator, folder: folder.path }
  const blocks = document.blocks.filter(({ language }) => language === 'console')
  expect(blocks.length).toBeGreaterThan(8)
  for (const { code } of blocks) {
    expect(code).toBe(await runConsole(code, options))
    await gateway.trellis.follow()
  }
}, 120_000)

const below = (command: Command): readonly Command[] => [command, ...command.commands.flatMap(below)]

test('docs/cli.md has every command and every option, and no other option', () => {
  const program = createProgram({
    print: () => undefined,
    complain: () => undefined,
    paint: (_, text) => text,
    key: null,
    confirm: async () => null,
    readSecrets: async () => [],
    fail: () => undefined,
  })
  const commands = below(program)
  for (const { name } of commands.map(command => ({ name: command.name() })))
    expect(document.text).toContain(name)
  const options = new Set(commands.flatMap(command => command.options.map(({ long }) => long ?? '')))
  const named = new Set([...document.text.matchAll(/--[a-z]+(?:-[a-z]+)*/g)].map(([option]) => option))
  expect([...named].toSorted()).toEqual([...options.difference(new Set(['--version'])), '--help'].toSorted())
})

test('npm runs it by its name', async () => {
  expect(await run('npx', ['--no-install', 'trellis', '--version'], process.cwd())).toMatch(
    /^\d+\.\d+\.\d+\n$/,
  )
}, 120_000)

test('wrong words end with 2', async () => {
  expect(await runTrellisAlone(['frobnicate'])).toMatchObject({ status: 2, printed: '' })
  for (const words of [
    ['create', 'extension'],
    ['check', '--loud'],
    ['extension', 'list', '--url', 'nowhere'],
  ])
    expect(await runTrellis(words)).toMatchObject({ status: 2, printed: '' })
})
