import type { ServerResponse } from 'node:http'
import { codesOf, type TestGateway, valueAt } from '@trellis/testing'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import {
  apiKey,
  createDirectoryGateway,
  type DirectoryGateway,
  webhookSecret,
} from './testing/directory-gateway.ts'

const logLines: string[] = []
let present = new Date('2026-03-01T12:00:00Z')
let directory: DirectoryGateway
let customerId: string
let nextNumber = 200_001
beforeAll(async () => {
  directory = await createDirectoryGateway({ timeoutMs: 1000 }, { logLines, now: () => present })
})
afterEach(async () => {
  Object.assign(directory.service.faults, { delayMs: 0, answer: undefined })
  logLines.length = 0
})
afterAll(() => directory[Symbol.asyncDispose]())

const customer = () =>
  directory.gateway.create('customer', { name: 'Harbor', taxNumber: `XX${nextNumber++}` })

const ask = (gateway: TestGateway, id: string) =>
  gateway.ask(
    'query ($id: ID!) { customer(id: $id) { name companyDirectoryEntry { name isStale fetchedAt } } }',
    { id },
  )

const html = (response: ServerResponse) =>
  response.writeHead(200, { 'content-type': 'text/html' }).end('<p>Hello</p>')
const json =
  (text: string, status = 200) =>
  (response: ServerResponse) =>
    void response.writeHead(status, { 'content-type': 'application/json' }).end(text)
const other = { registrationNumber: 'HR 9', taxNumber: 'XX9', name: 'Another' }

const broken: readonly (readonly [string, (response: ServerResponse) => void, RegExp])[] = [
  ['fails', json('{"error":"canary"}', 500), /the status 500/],
  ['has too much to do', json('{}', 429), /the status 429/],
  ['refuses the key', json('{}', 401), /refused the secret apiKey/],
  ['answers a page', html, /text\/html in the place of JSON/],
  ['answers half of its JSON', json('{"companies":[{"name":'), /does not parse/],
  ['answers something else', json('{"companies":"canary"}'), /another shape/],
  ['answers another company', json(JSON.stringify({ companies: [other] })), /another company/],
  ['answers about fewer', json('{"companies":[]}'), /fewer or more/],
  [
    'answers too much',
    json(JSON.stringify({ companies: [], more: 'x'.repeat(1_100_000) })),
    /more than 1048576 bytes/,
  ],
  [
    'leads elsewhere',
    response => void response.writeHead(302, { location: '/v1/status' }).end(),
    /the status 302/,
  ],
  ['has nothing there', json('{}', 404), /is baseUrl right/],
  ['hangs up', response => void response.destroy(), /could not be reached/],
  ['never answers', () => undefined, /did not answer in time/],
]

test.each(broken)(
  'a directory that %s costs its field, and what is known of others is shown',
  async (_, answer, reason) => {
    const { gateway, service, requestsOf } = directory
    const known = await customer()
    const unknown = await customer()
    expect((await ask(gateway, known)).errors).toBe(undefined)
    present = new Date(present.getTime() + 8 * 86_400_000)
    service.faults.answer = answer
    logLines.length = 0
    await requestsOf(async () => {
      expect(valueAt((await ask(gateway, known)).data, 'customer.companyDirectoryEntry')).toMatchObject({
        isStale: true,
        fetchedAt: new Date(present.getTime() - 8 * 86_400_000).toISOString(),
      })
      const nothing = await ask(gateway, unknown)
      expect(nothing.data).toEqual({ customer: { name: 'Harbor', companyDirectoryEntry: null } })
      expect(codesOf(nothing)).toEqual(['EXTENSION_UNAVAILABLE'])
      expect(JSON.stringify(nothing)).not.toContain('canary')
    })
    const log = logLines.join('')
    expect(log).toMatch(reason)
    expect(log).not.toContain(apiKey)
    expect(log).not.toContain('canary')
    service.faults.answer = undefined
    expect(valueAt((await ask(gateway, known)).data, 'customer.companyDirectoryEntry.isStale')).toBe(false)
  },
)

test('a redirect is not followed', async () => {
  const { gateway, service, requestsOf } = directory
  service.faults.answer = response => void response.writeHead(307, { location: '/v1/elsewhere' }).end()
  const id = await customer()
  expect(await requestsOf(() => ask(gateway, id))).toEqual(['POST /v1/companies/lookup'])
})

test('a slow directory has its time, and no more', async () => {
  const { gateway, service } = directory
  service.faults.delayMs = 3500
  const id = await customer()
  const start = performance.now()
  expect(codesOf(await ask(gateway, id))).toEqual(['EXTENSION_UNAVAILABLE'])
  expect(performance.now() - start).toBeLessThan(3000)
})

test('after a failure it is left alone, and is said to be unwell', async () => {
  const { gateway, service, requestsOf, configure } = directory
  expect(await configure({ restSeconds: 60 })).toEqual([])
  const id = await customer()
  service.faults.answer = json('{}', 503)
  expect(await requestsOf(() => ask(gateway, id))).toHaveLength(1)
  expect(await requestsOf(() => ask(gateway, id))).toHaveLength(0)
  const ready = await gateway.trellis.gateway.fetch(new Request('http://localhost/health/ready'))
  expect(await ready.json()).toMatchObject({
    status: 'degraded',
    checks: { 'extension company-directory': 'unhealthy' },
  })
  expect(logLines.filter(line => line.includes('the company directory failed'))).toHaveLength(1)
  await configure({ restSeconds: 0 })
})

test('a directory that answers, and not all that is asked in time, is asked on', async () => {
  const { gateway, service, requestsOf, configure } = directory
  expect(await configure({ restSeconds: 60, concurrency: 1, timeoutMs: 2500 })).toEqual([])
  const ids = [await customer(), await customer(), await customer(), await customer()]
  // It takes no many, answers about the first one, and has too much to do then: two are not even sent.
  const answers = [json('{}', 404), json('{"company":null}'), () => undefined]
  service.faults.answer = response => answers.shift()?.(response)
  const query = '{ customers(filter: { name: { eq: "Slow" } }) { nodes { companyDirectoryEntry { name } } } }'
  for (const id of ids) await gateway.refusals('customerUpdate', { id, name: 'Slow' })
  const answer = await gateway.ask(query)
  expect(codesOf(answer)).toEqual(Array.from({ length: 3 }, () => 'EXTENSION_UNAVAILABLE'))
  service.faults.answer = undefined
  expect(await requestsOf(async () => expect(codesOf(await gateway.ask(query))).toEqual([]))).not.toEqual([])
  expect(logLines.join('')).not.toContain('the company directory failed')
  await configure({ restSeconds: 0, concurrency: 4, timeoutMs: 1000 })
})

test('it is well when the directory answers', async () => {
  const { gateway, configure, requestsOf } = directory
  // Another setup knows nothing of what was seen.
  await configure({ concurrency: 3 })
  const requests = await requestsOf(async () => {
    for (const _ of [1, 2]) {
      const ready = await gateway.trellis.gateway.fetch(new Request('http://localhost/health/ready'))
      expect(await ready.json()).toMatchObject({ status: 'ok' })
    }
  })
  expect(requests).toEqual(['GET /v1/status'])
})

test('with another key nothing is told, until the right one is set', async () => {
  const { gateway, configure } = directory
  customerId = await customer()
  await configure({}, { apiKey: 'guessed', webhookSecret })
  expect(codesOf(await ask(gateway, customerId))).toEqual(['EXTENSION_UNAVAILABLE'])
  expect(logLines.join('')).not.toContain('guessed')
  await configure({}, { apiKey, webhookSecret })
  expect((await ask(gateway, customerId)).errors).toBe(undefined)
})

test.each([
  [{ baseUrl: 'http://directory.example.com' }, 'baseUrl'],
  [{ baseUrl: 'http://127.0.0.1.example.com' }, 'baseUrl'],
  [{ baseUrl: 'https://user:word@directory.example.com' }, 'baseUrl'],
  [{ baseUrl: 'https://directory.example.com/?key=1' }, 'baseUrl'],
  [{ baseUrl: 'file:///etc/passwd' }, 'baseUrl'],
  [{ baseUrl: null }, 'baseUrl'],
  [{ cacheHours: 0 }, 'cacheHours'],
  [{ timeoutMs: 10000 }, 'timeoutMs'],
  [{ concurrency: 0 }, 'concurrency'],
  [{ restSeconds: -1 }, 'restSeconds'],
])('the settings %j are refused', async (settings, name) => {
  expect(await directory.configure(settings)).toEqual([`INVALID_SETTING input.settings.${name}`])
})

test('a setting that there is not is refused', async () => {
  expect(await directory.configure({ apiKey: 'x' })).toHaveLength(1)
})
