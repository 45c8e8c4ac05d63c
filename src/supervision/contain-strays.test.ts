import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

test('promises that are rejected unheard do not end the process, and are attributed', async () => {
  const script = join(import.meta.dirname, 'fixtures', 'stray-process.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [script])
  const lines = stdout
    .trim()
    .split('\n')
    .map(line => JSON.parse(line))
  const stray = (message: string, of: object = {}) =>
    expect.objectContaining({
      message: 'a promise was rejected, and nobody listened',
      failure: expect.objectContaining({ message }),
      ...of,
    })
  const score = { extension: 'acme', field: 'Customer.score' }
  expect(lines).toEqual([
    stray('at once', score),
    stray('after a while', score),
    stray('from a timer', score),
    stray('in the background', { extension: 'acme', field: 'setup' }),
    stray("nobody's"),
    { strays: 4 },
  ])
  expect(lines[4]).not.toHaveProperty('extension')
})
