import { expect, test } from 'vitest'
import { createCrew } from './crew.ts'
import type { Serving } from './messages.ts'
import type { Ending, GatewayWorker } from './worker.ts'

const facts: Serving = {
  kind: 'serving',
  url: 'http://127.0.0.1:4000',
  banner: '',
  workers: 2,
  drainSeconds: 0,
  dataDirectory: '',
  logLevel: 'info',
  hasFinishedChange: false,
}

/** A worker without a process: the test says what becomes of it, and it does what it is told. */
interface Puppet extends GatewayWorker {
  readonly serve: (more?: Partial<Serving>) => void
  readonly end: (ending: Ending) => void
  /** What it was told, `kill` included. */
  readonly told: string[]
}

function puppet(pid: number, { isDeaf = false } = {}): Puppet {
  const served = Promise.withResolvers<Serving>()
  const ended = Promise.withResolvers<Ending>()
  served.promise.catch(() => undefined)
  const told: string[] = []
  const end = (ending: Ending): void => {
    served.reject(new Error(`${pid} ended`))
    ended.resolve(ending)
  }
  return {
    pid,
    served: served.promise,
    ended: ended.promise,
    told,
    serve: more => served.resolve({ ...facts, ...more }),
    end,
    leave(reason) {
      told.push(reason)
      if (!isDeaf) end({ code: 0, signal: null })
    },
    kill() {
      told.push('kill')
      end({ code: null, signal: 'SIGKILL' })
    },
  }
}

/** A crew of puppets, whose pauses last until the test ends them. */
function stage(
  options: { readonly isDeaf?: boolean; readonly startMs?: number; readonly leaveMs?: number } = {},
) {
  const { isDeaf = false, ...times } = options
  const puppets: Puppet[] = []
  const pauses: { readonly milliseconds: number; readonly end: () => void }[] = []
  const said: string[] = []
  const say = (_: object, message: string): void => void said.push(message)
  const crew = createCrew({
    log: { info: say, warn: say, error: say },
    startWorker: () => {
      const made = puppet(puppets.length + 1, { isDeaf })
      puppets.push(made)
      return made
    },
    pause: milliseconds => new Promise<void>(end => pauses.push({ milliseconds, end })),
    ...times,
  })
  return { crew, puppets, pauses, said }
}

/** Everything that follows from what has happened, as no timer is waited for. */
const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve))

const killed: Ending = { code: null, signal: 'SIGKILL' }

/** With as many workers as are wanted. */
async function staffed(count: number, options: Parameters<typeof stage>[0] = {}) {
  const on = stage(options)
  const beginning = on.crew.begin()
  on.puppets[0]?.serve({ workers: count })
  await beginning
  await settled()
  on.pauses.shift()?.end()
  await settled()
  for (const { serve } of on.puppets.slice(1)) serve()
  await settled()
  on.said.length = 0
  return on
}

test('eight workers that die at once are replaced after one pause, and the next after the next longer one', async () => {
  const { puppets, pauses } = await staffed(8)
  expect(puppets).toHaveLength(8)
  for (const { end } of puppets) end(killed)
  await settled()
  expect(pauses.map(({ milliseconds }) => milliseconds)).toEqual([200])
  pauses[0]?.end()
  await settled()
  expect(puppets).toHaveLength(16)
  for (const { serve } of puppets.slice(8)) serve()
  await settled()
  puppets[8]?.end(killed)
  await settled()
  expect(pauses.map(({ milliseconds }) => milliseconds)).toEqual([200, 400])
})

test('where workers cannot be started, each attempt comes after a longer pause', async () => {
  const { puppets, pauses } = await staffed(2)
  for (const { end } of puppets) end(killed)
  for (let attempt = 0; attempt < 3; attempt += 1) {
    await settled()
    pauses[attempt]?.end()
    await settled()
    for (const { end } of puppets.slice(-2)) end(killed)
  }
  await settled()
  expect(pauses.map(({ milliseconds }) => milliseconds)).toEqual([200, 400, 800, 1600])
  expect(puppets).toHaveLength(2 + 3 * 2)
})

test('a worker that dies while another is replaced is replaced in the next attempt', async () => {
  const { puppets, pauses } = await staffed(3)
  puppets[0]?.end(killed)
  await settled()
  pauses[0]?.end()
  await settled()
  puppets[1]?.end(killed)
  await settled()
  puppets[3]?.serve()
  await settled()
  expect(pauses).toHaveLength(2)
  pauses[1]?.end()
  await settled()
  expect(puppets).toHaveLength(5)
})

test('one that does not come to serve is killed, and those before serve on', async () => {
  const { crew, puppets, said } = await staffed(1, { startMs: 1 })
  const { served } = crew.reload()
  await expect(served).rejects.toThrow('2 ended')
  expect(puppets.map(({ told }) => told)).toEqual([[], ['kill']])
  expect(said).toContain('a worker did not come to serve, and is killed')
})

test('one that does not leave when all are to is killed, and says so by how it ended', async () => {
  const { crew, puppets, said } = await staffed(1, { isDeaf: true, leaveMs: 1 })
  expect(await crew.leave('SIGTERM')).toEqual(killed)
  expect(puppets.map(({ told }) => told)).toEqual([['SIGTERM', 'kill']])
  expect(said).toContain('a worker did not leave, and is killed')
})

test('where one that replaces another finishes a change of what is installed, all are replaced', async () => {
  const { puppets, pauses } = await staffed(2)
  puppets[0]?.end(killed)
  await settled()
  pauses[0]?.end()
  await settled()
  puppets[2]?.serve({ hasFinishedChange: true })
  await settled()
  expect(puppets).toHaveLength(5)
  for (const { serve } of puppets.slice(3)) serve()
  await settled()
  expect(puppets.slice(0, 3).map(({ told }) => told)).toEqual([[], ['replaced'], ['replaced']])
  expect(puppets).toHaveLength(5)
})
