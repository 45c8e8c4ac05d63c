import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTestDatabase } from '@trellis/testing'
import { expect, test } from 'vitest'
import { installedFolder, versionFolder, writeState } from '../../src/installed/index.ts'
import { connectionString } from '../kit/connection-string.ts'
import { startTrellisProcess, temporaryFolder } from '../kit/process.ts'
import { writeShelfTo } from './shelf-package.ts'

const secret = `whsec_${'s'.repeat(43)}=`

/** A place outside the folder of Trellis where `shelf` is installed, and `base`, which it depends on. */
async function withShelf() {
  await using making = new AsyncDisposableStack()
  const data = making.use(await temporaryFolder()).path
  const database = making.use(await createTestDatabase())
  const folder = installedFolder(data)
  const install = async (name: string, dependsOn: Readonly<Record<string, string>>) => {
    const place = join(versionFolder(folder, name, '1.0.0'), 'node_modules', '@acme', `extension-${name}`)
    await writeShelfTo(place, { name, dependsOn, version: '1.0.0', migrations: {} })
    const current = { version: '1.0.0', package: `@acme/extension-${name}` }
    return { current, previous: [], acceptsNewerTables: false }
  }
  const extensions = { base: await install('base', {}), shelf: await install('shelf', { base: '^1.0.0' }) }
  await writeState(folder, { format: 1, extensions, operation: null })
  const made = making.move()
  return {
    env: {
      TRELLIS_DATA: data,
      DATABASE_URL: connectionString(database.connection),
      TRELLIS_SERVE_SECRET: secret,
    },
    ask: async (url: string): Promise<unknown> => {
      const [{ key }]: [{ key: string }] = JSON.parse(await readFile(join(data, 'keys.json'), 'utf8'))
      const answer = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
        body: JSON.stringify({ query: '{ baseVersion shelfVersion }' }),
      })
      return answer.json()
    },
    [Symbol.asyncDispose]: () => made.disposeAsync(),
  }
}

const whole = { data: { baseVersion: '1.0.0', shelfVersion: '1.0.0' } }

test('an extension that is installed outside the folder of Trellis runs in a process of its own', async () => {
  await using place = await withShelf()
  const { env, ask } = place
  await using trellis = startTrellisProcess({ env: { ...env, TRELLIS_ISOLATED_EXTENSIONS: 'shelf' } })
  const url = await trellis.url
  const came = /"extension":"shelf".*"msg":"the process of the extension (answers|could not start)/
  while (!came.test(trellis.output())) await sleep(20)
  expect(await ask(url)).toEqual(whole)
}, 180_000)

test('trellis serve serves an installed extension with those that it depends on', async () => {
  await using place = await withShelf()
  const { env, ask } = place
  const words = ['src/cli/trellis.ts', 'serve', 'shelf', '--port', '0']
  const serving = spawn(process.execPath, words, {
    env: { ...process.env, ...env },
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  await using ending = new AsyncDisposableStack()
  ending.defer(async () => {
    serving.kill('SIGTERM')
    await once(serving, 'exit')
  })
  let at = ''
  for await (const line of createInterface(serving.stdout)) {
    at = /shelf is served at (\S+)/.exec(line)?.[1] ?? ''
    if (at !== '') break
  }
  await using trellis = startTrellisProcess({ env: { ...env, TRELLIS_SERVED_EXTENSIONS: `shelf=${at}` } })
  expect(await ask(await trellis.url)).toEqual(whole)
}, 180_000)
