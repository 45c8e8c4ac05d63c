import { PassThrough } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Log } from '@trellis/sdk'
import { expect, test } from 'vitest'
import { logLines } from './log-lines.ts'

/** What the log has of a process that prints these pieces. */
async function logged(pieces: Iterable<string | Buffer>): Promise<readonly object[]> {
  const told: object[] = []
  const at = (level: string) => (facts: object, message: string) =>
    void told.push({ level, message, ...facts })
  const log: Log = { debug: at('debug'), info: at('info'), warn: at('warn'), error: at('error') }
  const stream = new PassThrough()
  logLines(stream, { log, extension: 'acme' })
  await pipeline(pieces, stream)
  return told
}

const printed = { level: 'info', message: 'the process of the extension printed', extension: 'acme' }

test('lines come as they are printed, however they are cut into pieces, and the last without its end', async () => {
  const text = Buffer.from('one\r\n\n  \nzwei große\nthree')
  expect(await logged(Array.from(text, byte => Buffer.from([byte])))).toEqual(
    ['one', 'zwei große', 'three'].map(line => ({ ...printed, line })),
  )
})

test("lines of the process's own log keep their level and what they say", async () => {
  const line = JSON.stringify({ level: 40, time: 1, msg: 'slow', milliseconds: 7 })
  expect(await logged([`${line}\n`])).toEqual([
    { level: 'warn', message: 'slow', extension: 'acme', milliseconds: 7 },
  ])
})

test('a line without end, longer than a text can be, is cut, and those after it are heard', async () => {
  const piece = Buffer.alloc(8 * 2 ** 20, 'a')
  function* pieces() {
    for (let count = 0; count < 68; count += 1) yield piece
    yield '\nafterwards\n'
  }
  expect(await logged(pieces())).toEqual([
    { ...printed, line: 'a'.repeat(4000) },
    { ...printed, line: 'afterwards' },
  ])
})
