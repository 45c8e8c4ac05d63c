import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { expect, test } from 'vitest'
import { askToReload } from '../../src/primary/ask-reload.ts'
import { startedTrellis } from './started-trellis.ts'
import { startSteadyClients } from './steady-clients.ts'
import { isThere } from './worker-ids.ts'

/** Looks again until it is so; the test's time is the limit. */
async function until(isSo: () => Promise<boolean> | boolean): Promise<void> {
  while (!(await isSo())) await sleep(20)
}

const count = (text: string, part: string): number => text.split(part).length - 1

test('no request of clients that keep their connections is lost in three reloads, and the old workers leave', async () => {
  await using started = await startedTrellis()
  const { trellis, folder, url, key, workers } = started
  const first = await workers()
  expect(first).toHaveLength(1)
  // Those without a pause are always in the middle of something; those with one are mostly not.
  const clients = startSteadyClients({ url, key, pauses: [0, 0, 1, 3, 10, 30, 100, 300, 700] })
  for (let reload = 0; reload < 3; reload += 1) {
    await clients.answered(20)
    const [reloading] = await askToReload(folder)
    await reloading?.served
    await clients.answered(20)
    await reloading?.left
  }
  const { answered, failures } = await clients.stop()
  expect(failures).toEqual([])
  expect(answered).toBeGreaterThan(120)
  expect(count(trellis.output(), 'Trellis listens on')).toBe(1)
  const last = await workers()
  expect(last).toHaveLength(1)
  expect(last).not.toEqual(first)
  expect(await trellis.end('SIGTERM')).toBe(0)
}, 180_000)

test('where the new worker cannot start, the old one serves on and whoever asked is told why', async () => {
  await using started = await startedTrellis()
  const { trellis, folder, url, key, workers } = started
  const before = await workers()
  await writeFile(join(folder, 'keys.json'), 'not JSON')
  const clients = startSteadyClients({ url, key, pauses: [0, 5] })
  const [reloading] = await askToReload(folder)
  await expect(reloading?.served).rejects.toThrow('keys.json')
  await clients.answered(10)
  expect((await clients.stop()).failures).toEqual([])
  expect(await workers()).toEqual(before)
  expect(trellis.output()).toContain('reloading failed: what served before serves on')
}, 180_000)

test('a worker that is killed is replaced, at the same address; the other one answers meanwhile', async () => {
  await using started = await startedTrellis({ TRELLIS_WORKERS: '2' })
  const { trellis, url, workers } = started
  await until(() => trellis.output().includes('another worker serves'))
  const [killed = 0, ...others] = await workers()
  expect(others).toHaveLength(1)
  process.kill(killed, 'SIGKILL')
  await until(() => trellis.output().includes('a worker ended'))
  expect((await fetch(`${url}/health/ready`)).status).toBe(200)
  await until(() => count(trellis.output(), 'another worker serves') === 2)
  expect((await workers()).filter(id => id !== killed)).toHaveLength(2)
  expect(await trellis.end('SIGTERM')).toBe(0)
}, 180_000)

test('SIGUSR2 reloads as well', async () => {
  await using started = await startedTrellis()
  const { trellis, url, workers } = started
  const before = await workers()
  trellis.child.kill('SIGUSR2')
  await until(() => trellis.output().includes('reloaded: new workers serve'))
  await until(() => before.every(id => !isThere(id)))
  expect((await fetch(`${url}/health/ready`)).status).toBe(200)
}, 180_000)

test('workers whose primary is killed finish what they are asked, and leave', async () => {
  await using started = await startedTrellis()
  const { trellis, url, key, workers } = started
  const orphans = await workers()
  const fields = Array.from(
    { length: 30 },
    (_, at) => `m${at}: teamCreate(input: { name: "Team ${at}" }) { team { name } }`,
  )
  const asked = fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${key}` },
    body: JSON.stringify({ query: `mutation { ${fields.join(' ')} }` }),
  }).then(response => response.json())
  await sleep(30)
  await trellis.end('SIGKILL')
  expect(await asked).toMatchObject({ data: { m29: { team: { name: 'Team 29' } } } })
  await until(() => orphans.every(id => !isThere(id)))
}, 180_000)
