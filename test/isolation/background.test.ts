import { createTestGateway, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { answering } from './fixtures/answering.ts'
import { atlas } from './fixtures/atlas.ts'
import { until } from './fixtures/until.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await createTestGateway({
    extensions: [atlas],
    isolation: { isolated: ['atlas'] },
    background: true,
  })
  await answering(gateway, ['atlas'])
}, 240_000)
afterAll(() => gateway[Symbol.asyncDispose](), 60_000)

const note = async (key: string) =>
  valueAt(await gateway.data('query ($key: String!) { atlasNote(key: $key) }', { key }), 'atlasNote')

test('an event is heard in the process', async () => {
  const id = await gateway.create('customer', { name: 'Heard' })
  await until('it is heard', async () => (await note(`created ${id}`)) !== null)
  expect(await note(`created ${id}`)).toEqual({ at: expect.stringMatching(/^\d{4}-.*Z$/) })
}, 240_000)

test('a job that a route asks for is run in the process, as the system', async () => {
  const response = await gateway.trellis.gateway.fetch(
    new Request('http://localhost/extensions/atlas/maps/9', {
      method: 'POST',
      headers: { authorization: `Bearer ${gateway.keys.administrator}` },
    }),
  )
  expect(response.status).toBe(201)
  await until('it is run', async () => (await note('survey')) !== null)
  expect(await note('survey')).toEqual({ data: { map: '9' }, by: 'Trellis' })
}, 240_000)

test('a subscription is answered by the process', async () => {
  const response = await gateway.trellis.gateway.fetch(
    new Request('http://localhost/graphql', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${gateway.keys.administrator}`,
        'content-type': 'application/json',
        accept: 'text/event-stream',
      },
      body: JSON.stringify({ query: 'subscription { atlasCount(to: 3) }' }),
    }),
  )
  const text = await response.text()
  expect([...text.matchAll(/"atlasCount":(\d)/g)].map(([, count]) => count)).toEqual(['1', '2', '3'])
})

test('other settings are another process; until it answers the one before does, which is gone then', async () => {
  expect(await gateway.data('{ atlasPages }')).toEqual({ atlasPages: 12 })
  const before = Number(gateway.trellis.pidOf('atlas'))
  const seen = new Set<unknown>()
  const isOver = () => seen.has(30)
  const reads = async () => {
    while (!isOver()) seen.add(valueAt(await gateway.data('{ atlasPages }'), 'atlasPages'))
  }
  // The process has a check of these.
  const writes = async () => {
    while (!isOver()) await gateway.create('customer', { name: 'Written' })
  }
  const load = [reads(), reads(), writes()]
  await gateway.data(
    'mutation { extensionConfigure(input: { name: "atlas", settings: { pages: 30 } }) { userErrors { message } } }',
  )
  await gateway.trellis.follow()
  await Promise.all(load)
  expect(seen).toEqual(new Set([12, 30]))
  expect(await gateway.data('{ atlasPages }')).toEqual({ atlasPages: 30 })
  await until('the one before is gone', () => !isThere(before))
}, 240_000)

test('switched off, it has no process', async () => {
  const pid = Number(gateway.trellis.pidOf('atlas'))
  await gateway.data('mutation { extensionDisable(input: { name: "atlas" }) { userErrors { message } } }')
  await gateway.trellis.follow()
  await until('it is gone', () => !isThere(pid))
}, 240_000)

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0)
  } catch {
    return false
  }
}
