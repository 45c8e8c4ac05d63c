import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createTestDatabase } from '@trellis/testing'
import { z } from 'zod'
import { connectionString } from '../kit/connection-string.ts'
import { startTrellisProcess, temporaryFolder } from '../kit/process.ts'
import { workerIds } from './worker-ids.ts'

const keysShape = z.array(z.object({ key: z.string() }))

/** A Trellis in processes of its own, on a database of its own. */
export async function startedTrellis(env: Readonly<Record<string, string>> = {}) {
  await using starting = new AsyncDisposableStack()
  const folder = starting.use(await temporaryFolder()).path
  const database = starting.use(await createTestDatabase())
  const trellis = starting.use(
    startTrellisProcess({
      env: { TRELLIS_DATA: folder, DATABASE_URL: connectionString(database.connection), ...env },
    }),
  )
  const url = await trellis.url
  const [{ key } = { key: '' }] = keysShape.parse(
    JSON.parse(await readFile(join(folder, 'keys.json'), 'utf8')),
  )
  const running = starting.move()
  return {
    trellis,
    folder,
    url,
    key,
    workers: () => workerIds(trellis.child.pid),
    [Symbol.asyncDispose]: () => running.disposeAsync(),
  }
}
