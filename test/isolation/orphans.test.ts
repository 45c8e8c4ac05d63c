import { readFileSync } from 'node:fs'
import { createTestDatabase } from '@trellis/testing'
import { expect, test } from 'vitest'
import { connectionString } from '../kit/connection-string.ts'
import { startTrellisProcess, temporaryFolder } from '../kit/process.ts'
import { until } from './fixtures/until.ts'

/** The process of an extension, as the gateway's log tells it. */
const pidIn = (output: string): number =>
  Number(
    /"extension":"loyalty","pid":(\d+),"msg":"the process of the extension answers"/.exec(output)?.[1] ?? 0,
  )

/** A process that ended and that nobody has asked after is no more than a line in the table of processes. */
function isRunning(pid: number): boolean {
  try {
    return !/^\d+ \(.*\) Z/.test(readFileSync(`/proc/${pid}/stat`, 'utf8'))
  } catch {
    return false
  }
}

test.each(['SIGKILL', 'SIGTERM'] as const)(
  'a gateway that ends by %s leaves no process behind',
  async signal => {
    await using database = await createTestDatabase()
    await using folder = await temporaryFolder()
    await using gateway = startTrellisProcess({
      env: {
        DATABASE_URL: connectionString(database.connection),
        TRELLIS_DATA: folder.path,
        TRELLIS_ISOLATED_EXTENSIONS: 'loyalty',
        TRELLIS_API_KEYS: `administrator:ada@trellis.example:${'a'.repeat(40)}`,
      },
    })
    const url = await gateway.url
    await until('the process of the extension answers', () => pidIn(gateway.output()) > 0)
    const pid = pidIn(gateway.output())
    expect(isRunning(pid)).toBe(true)
    const answer = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${'a'.repeat(40)}` },
      body: JSON.stringify({ query: '{ viewer { name } }' }),
    })
    expect(answer.status).toBe(200)
    await gateway.end(signal)
    await until('the process of the extension is gone', () => !isRunning(pid))
  },
  180_000,
)
