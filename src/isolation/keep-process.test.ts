import { spawnSync } from 'node:child_process'
import { readdirSync } from 'node:fs'
import { constants, getPriority } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { limitsOf } from '../supervision/index.ts'
import { keepProcess } from './keep-process.ts'

const starved = join(import.meta.dirname, 'fixtures', 'starved-process.ts')

test('one that cannot be started for want of files is started later', () => {
  const { status, stdout, stderr } = spawnSync(
    'sh',
    ['-c', 'ulimit -n 100; exec "$0" "$1"', process.execPath, starved],
    {
      encoding: 'utf8',
    },
  )
  expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
  expect(JSON.parse(stdout)).toEqual({
    extension: 'acme',
    failure: expect.stringMatching(/^spawn .*EMFILE$/),
    waitMs: expect.any(Number),
  })
})

test('one that the system refuses to start is tried again', async () => {
  const told: object[] = []
  const twice = Promise.withResolvers<void>()
  const kept = keepProcess({
    name: 'acme',
    limits: limitsOf(),
    // Longer than an argument may be: fork itself throws, as without memory.
    entry: `/${'long'.repeat(100_000)}.ts`,
    start: { files: [], surroundings: null },
    onReady: () => undefined,
    log: {
      debug: () => undefined,
      info: () => undefined,
      warn: () => undefined,
      error: facts => void (told.push(facts) === 2 && twice.resolve()),
    },
  })
  await twice.promise
  expect(kept.pid()).toBeNull()
  await kept.stop()
  expect(told).toMatchObject([{ failure: 'spawn E2BIG' }, { failure: 'spawn E2BIG' }])
})

test.skipIf(process.platform !== 'linux')(
  'it gets processors after the gateway where there are not enough: all of its threads, those that collect garbage included',
  async () => {
    const ready = Promise.withResolvers<void>()
    const silent = () => undefined
    const kept = keepProcess({
      name: 'acme',
      limits: limitsOf(),
      entry: join(import.meta.dirname, 'fixtures', 'idle-process.ts'),
      start: { files: [], surroundings: null },
      onReady: ready.resolve,
      log: { debug: silent, info: silent, warn: silent, error: silent },
    })
    await ready.promise
    const threads = readdirSync(`/proc/${kept.pid()}/task`)
    expect(threads.length).toBeGreaterThan(2)
    expect(new Set(threads.map(thread => getPriority(Number(thread))))).toEqual(
      new Set([Math.max(getPriority(), constants.priority.PRIORITY_BELOW_NORMAL)]),
    )
    await kept.stop()
  },
)
