import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { createTestDatabase } from '@trellis/testing'
import { expect, test } from 'vitest'
import { installedFolder, versionFolder, writeState } from '../../src/installed/index.ts'
import { connectionString } from '../kit/connection-string.ts'
import { startTrellisProcess, temporaryFolder } from '../kit/process.ts'
import { writeShelfTo } from './shelf-package.ts'

test('an extension that is installed outside the folder of Trellis runs in a process of its own', async () => {
  await using data = await temporaryFolder()
  await using database = await createTestDatabase()
  const folder = installedFolder(data.path)
  const name = '@acme/extension-shelf'
  await writeShelfTo(join(versionFolder(folder, 'shelf', '1.0.0'), 'node_modules', ...name.split('/')), {
    version: '1.0.0',
    migrations: {},
  })
  const current = { version: '1.0.0', package: name }
  const shelf = { current, previous: [], acceptsNewerTables: false }
  await writeState(folder, { format: 1, extensions: { shelf }, operation: null })

  await using trellis = startTrellisProcess({
    env: {
      TRELLIS_DATA: data.path,
      DATABASE_URL: connectionString(database.connection),
      TRELLIS_ISOLATED_EXTENSIONS: 'shelf',
    },
  })
  const url = await trellis.url
  const came = /"extension":"shelf".*"msg":"the process of the extension (answers|could not start)/
  while (!came.test(trellis.output())) await sleep(20)
  const [{ key }]: [{ key: string }] = JSON.parse(await readFile(join(data.path, 'keys.json'), 'utf8'))
  const answer = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: '{ shelfVersion }' }),
  })
  expect(await answer.json()).toEqual({ data: { shelfVersion: '1.0.0' } })
}, 180_000)
