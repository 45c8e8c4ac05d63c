import { cp, lstat, mkdir, readFile, realpath, symlink, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { textAt, valueAt } from '@trellis/testing'
import { expect, test } from 'vitest'
import { codeBlocks } from './documents/code-blocks.ts'
import { startTrellisProcess, temporaryFolder } from './kit/process.ts'
import { copyRepository } from './packed-extension/repository-copy.ts'
import { run } from './packed-extension/run.ts'

const repository = join(import.meta.dirname, '..')
const fixture = join(import.meta.dirname, 'fixtures', 'packed-extension')

/** The README's first extension, as a reader pastes it. */
async function readmeExtension(): Promise<string> {
  const blocks = codeBlocks(await readFile(join(repository, 'README.md'), 'utf8'))
  return blocks.find(({ title }) => title === 'extensions/hello.ts')?.code ?? ''
}

test('an extension from outside is created, tested, packed, installed, listed, and answers, beside the one of the README', async () => {
  await using copy = await copyRepository()
  await run(process.execPath, ['src/cli/trellis.ts', 'create', 'extension', 'visit'], copy.root)
  const author = join(copy.outside, 'extension-visit')
  // The tutorial's files, as a reader pastes them; the package's own manifest stays.
  await cp(fixture, author, { recursive: true, filter: path => !path.endsWith('package.json') })
  expect(await run('npm', ['run', '--silent', 'check'], author)).toContain('no errors, no warnings')
  expect(await run('npm', ['test', '--silent'], author)).toMatch(/Tests\s.*3 passed/)
  await copy.install(author)
  await writeFile(join(copy.root, 'extensions', 'hello.ts'), await readmeExtension())
  await writeFile(
    join(copy.root, 'extensions', 'index.ts'),
    `import type { Extension } from '@trellis/sdk'
import { visitExtension } from 'extension-visit'
import { hello } from './hello.ts'

export const extensions: readonly Extension[] = [hello, visitExtension]
`,
  )

  // From its tarball and no link, with no SDK and no graphql of its own: Node then finds ours.
  const installed = join(copy.root, 'node_modules', 'extension-visit')
  expect((await lstat(installed)).isSymbolicLink()).toBe(false)
  await expect(lstat(join(installed, 'node_modules'))).rejects.toThrow('ENOENT')
  const sdk = await realpath(join(copy.root, 'node_modules', '@trellis', 'sdk'))
  expect(sdk).toBe(await realpath(join(copy.root, 'src', 'sdk')))

  await using trellis = startTrellisProcess({
    root: copy.root,
    env: { TRELLIS_DATA: join(copy.outside, 'data') },
  })
  const url = await trellis.url
  const ask = async (query: string, variables: object = {}): Promise<unknown> => {
    const headers = { 'content-type': 'application/json' }
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers,
      body: JSON.stringify({ query, variables }),
    })
    const answer: unknown = await response.json()
    expect(answer).not.toHaveProperty('errors')
    return valueAt(answer, 'data')
  }
  expect(await ask('{ extensions { name version status problems { message } } }')).toEqual({
    extensions: [
      { name: 'hello', version: '0.1.0', status: 'ENABLED', problems: [] },
      { name: 'visit', version: '0.1.0', status: 'ENABLED', problems: [] },
    ],
  })
  const created = await ask(
    'mutation { customerCreate(input: { name: "Harbor Foods" }) { customer { id visits { date } } } }',
  )
  expect(valueAt(created, 'customerCreate.customer.visits')).toEqual([])
  const recorded = await ask(
    `mutation ($customerId: ID!) {
      visitRecord(input: { customerId: $customerId, date: "2026-02-27", note: "Wants a quote." }) { visit { date note } userErrors { code } }
      late: visitRecord(input: { customerId: $customerId, date: "2199-01-01" }) { visit { date } userErrors { code path } }
    }`,
    { customerId: textAt(created, 'customerCreate.customer.id') },
  )
  const visit = { date: '2026-02-27', note: 'Wants a quote.' }
  expect(recorded).toEqual({
    visitRecord: { visit, userErrors: [] },
    late: { visit: null, userErrors: [{ code: 'OUT_OF_RANGE', path: ['input', 'date'] }] },
  })
  expect(
    await ask('{ customers { nodes { helloLine visits(first: 1) { date note } daysSinceVisit } } }'),
  ).toEqual({
    customers: {
      nodes: [{ helloLine: 'Hello, Harbor Foods!', visits: [visit], daysSinceVisit: expect.any(Number) }],
    },
  })
  expect(await trellis.end('SIGTERM')).toBe(0)
}, 300_000)

test('the SDK packs to JavaScript with types, which an author elsewhere checks against at its strictest', async () => {
  await using folder = await temporaryFolder()
  const author = folder.path
  const modules = join(author, 'node_modules')
  await mkdir(join(modules, '@trellis', 'sdk'), { recursive: true })
  for (const peer of ['graphql', 'kysely', 'dataloader', '@standard-schema'])
    await symlink(join(repository, 'node_modules', peer), join(modules, peer), 'junction')
  const tarball = await run(
    process.execPath,
    [join(repository, 'src', 'cli', 'pack-sdk.ts'), author],
    repository,
  )
  await run(
    'tar',
    ['-xzf', tarball.trim(), '--strip-components=1', '-C', join(modules, '@trellis', 'sdk')],
    author,
  )
  await writeFile(join(author, 'package.json'), '{ "type": "module" }')

  const check = (file: string) => {
    const tsc = join(repository, 'node_modules', 'typescript', 'bin', 'tsc')
    return run(
      process.execPath,
      [tsc, '--strict', '--noEmit', '--module', 'nodenext', '--target', 'es2024', file],
      author,
    )
  }
  const source = await readmeExtension()
  await writeFile(join(author, 'right.ts'), source)
  await writeFile(join(author, 'wrong.ts'), source.replace("requires: ['name']", "requires: ['nickname']"))
  expect(await check('right.ts')).toBe('')
  await expect(check('wrong.ts')).rejects.toThrow(`Type '"nickname"' is not assignable to type`)

  const names = await run(
    process.execPath,
    ['-e', "import('@trellis/sdk').then(sdk => console.log(Object.keys(sdk).join(' ')))"],
    author,
  )
  expect(names.trim().split(' ')).toEqual(expect.arrayContaining(['defineExtension', 'field', 'UserErrors']))
}, 60_000)
